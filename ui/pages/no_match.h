// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace falconer::ui {

/// Stands where a table is when no row passes its filter: says so, and leads back to all rows.
class NoMatch : public QWidget {
    Q_OBJECT

public:
    explicit NoMatch(QWidget* parent = nullptr);
    /// "No run matches “x”."
    void setText(const QString& text);
    QString text() const;

Q_SIGNALS:
    void clearRequested();

private:
    QLabel* m_text;
};

} // namespace falconer::ui
