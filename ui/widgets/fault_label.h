// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace falconer::ui {

/// What is wrong with a field, in words under it, with an icon so that it does not hang on the colour. Empty: not
/// there.
class FaultLabel : public QWidget {
    Q_OBJECT

public:
    explicit FaultLabel(QWidget* parent = nullptr);
    void setFault(const QString& sentence);
    QString fault() const;

private:
    QLabel* m_icon;
    QLabel* m_text;
};

} // namespace falconer::ui
