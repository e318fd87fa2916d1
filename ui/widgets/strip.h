// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace falconer::ui {

class IconLabel;

/// A verdict across the page: a heading, what is behind it, on a ground of its meaning. Empty: not there.
class Strip : public QFrame {
    Q_OBJECT

public:
    enum class Meaning { info, ok, warn, error };

    explicit Strip(QWidget* parent = nullptr);
    void set(Meaning meaning, const QString& heading, const QString& text);
    void clear();
    QString heading() const;
    QString text() const;

private:
    IconLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
};

} // namespace falconer::ui
