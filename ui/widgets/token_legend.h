// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <array>

class QLabel;

namespace falconer::ui {

/// What the looks of tokens mean, with how many there are of each.
class TokenLegend : public QWidget {
    Q_OBJECT

public:
    explicit TokenLegend(QWidget* parent = nullptr);
    void setCounts(int masked, int learned, int cut);
    /// "masked, 14 · learned, 98 · cut off, 23"
    QString text() const;

private:
    std::array<QLabel*, 3> m_labels{};
};

} // namespace falconer::ui
