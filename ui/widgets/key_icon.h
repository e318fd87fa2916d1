// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QPolygonF>
#include <QWidget>

namespace falconer::ui {

/// The shape of a best value: a square on its corner, `radius` from the centre to each.
QPolygonF diamondAt(const QPointF& centre, qreal radius);

/// The mark of a series as the chart draws it, for legends and tiles: shape as well as colour tells it apart.
class KeyIcon : public QWidget {
    Q_OBJECT

public:
    enum class Mark { line, raw, circles, diamond, triangle };

    KeyIcon(Mark mark, Token token, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Mark m_mark;
    Token m_token;
};

} // namespace falconer::ui
