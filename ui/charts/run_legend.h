// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace falconer::ui {

class FlowLayout;

/// The names of several runs with their keys. Pointing at one, or focusing it, asks for it to be highlighted.
class RunLegend : public QWidget {
    Q_OBJECT

public:
    explicit RunLegend(QWidget* parent = nullptr);
    void setRuns(const QStringList& names);

Q_SIGNALS:
    void highlighted(int run); ///< -1: none

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    FlowLayout* m_entries;
};

} // namespace falconer::ui
