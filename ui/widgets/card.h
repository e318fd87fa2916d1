// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace falconer::ui {

/// A bordered part of a page: a heading with room for controls at its right, a divider, and a body. Without a heading
/// it is the body alone.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(const QString& heading = {}, QWidget* parent = nullptr);
    void setHeading(const QString& heading);
    /// At the right end of the heading's row.
    void addToHeading(QWidget* widget);
    /// Where the content goes; padding and spacing are set.
    QVBoxLayout* body() const { return m_body; }
    /// For tables and lists, which reach the card's border.
    void removePadding();

private:
    QLabel* m_heading = nullptr;
    QHBoxLayout* m_controls = nullptr;
    QVBoxLayout* m_body;
};

} // namespace falconer::ui
