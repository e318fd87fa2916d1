// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/key_icon.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QPainter>

namespace falconer::ui {

QPolygonF diamondAt(const QPointF& centre, qreal radius)
{
    return QPolygonF({centre + QPointF(0, -radius), centre + QPointF(radius, 0), centre + QPointF(0, radius),
        centre + QPointF(-radius, 0)});
}

KeyIcon::KeyIcon(Mark mark, Token token, QWidget* parent)
    : QWidget(parent)
    , m_mark(mark)
    , m_token(token)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyIcon::sizeHint() const
{
    const int u = unit(this);
    const bool point = m_mark == Mark::diamond || m_mark == Mark::triangle;
    return {(point ? 3 : 5) * u, 3 * u};
}

void KeyIcon::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = color(m_token, palette());
    const QRectF area = QRectF(rect()).adjusted(1, 1, -1, -1);
    const QPointF c = area.center();
    const qreal r = area.height() / 2 - 1;
    painter.setPen(QPen(ink, m_mark == Mark::raw ? 1.2 : 2));
    switch (m_mark) {
    case Mark::line: painter.drawLine(QPointF(area.left(), c.y()), QPointF(area.right(), c.y())); break;
    case Mark::raw: {
        QPolygonF zigzag;
        for (int i = 0; i <= 4; ++i)
            zigzag << QPointF(area.left() + area.width() * i / 4, i % 2 ? area.top() : area.bottom());
        painter.drawPolyline(zigzag);
        break;
    }
    case Mark::circles:
        painter.drawLine(QPointF(area.left(), c.y()), QPointF(area.right(), c.y()));
        painter.setBrush(color(Token::surface, palette()));
        painter.drawEllipse(c, r - 1, r - 1);
        break;
    case Mark::diamond:
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPolygon(diamondAt(c, r));
        break;
    case Mark::triangle:
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPolygon(QPolygonF({c + QPointF(0, -r), c + QPointF(r, r), c + QPointF(-r, r)}));
        break;
    }
}

} // namespace falconer::ui
