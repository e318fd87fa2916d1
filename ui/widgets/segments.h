// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace falconer::ui {

/// A row of exclusive choices; arrow keys move between them. The focus that it is given goes to the chosen one.
class Segments : public QWidget {
    Q_OBJECT

public:
    explicit Segments(const QStringList& values, QWidget* parent = nullptr);
    QString value() const;
    /// A value that is none of the choices leaves none chosen.
    void setValue(const QString& value);
    QToolButton* button(const QString& value) const;

Q_SIGNALS:
    void edited();

private:
    QButtonGroup* m_group;
};

} // namespace falconer::ui
