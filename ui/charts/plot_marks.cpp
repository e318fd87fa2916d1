// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot paints over and under its curves: bands, epochs, marks and the crosshair.
#include "ui/charts/plot.h"

#include "ui/theme/style.h"
#include "ui/widgets/key_icon.h"
#include "ui/widgets/run_key.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

/// Strokes from the lower left to the upper right of `rect`, as lines so that every paint engine draws them.
void paintHatch(QPainter& painter, const QRectF& rect, qreal distance)
{
    for (qreal x = rect.left() - rect.height(); x < rect.right(); x += distance) {
        const qreal from = std::max(x, rect.left());
        const qreal to = std::min(x + rect.height(), rect.right());
        if (to > from)
            painter.drawLine(QPointF(from, rect.bottom() - (from - x)), QPointF(to, rect.bottom() - (to - x)));
    }
}

} // namespace

void Plot::paintBands(QPainter& painter) const
{
    const int u = unit(this);
    const QFont old = painter.font();
    painter.setFont(scaledFont(kCaptionSize, true));
    const QFontMetricsF metrics(painter.font());
    for (const PlotBand& band : m_bands) {
        const qreal left = std::max(m_area.left(), toPixel(band.from, 1).x());
        const qreal right = std::min(m_area.right(), toPixel(band.to, 1).x());
        if (!(right > left))
            continue;
        const QRectF rect(left, m_area.top(), std::max(2.0, right - left), m_area.height());
        painter.fillRect(rect, token(band.fill));
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(QPen(token(band.edge), 1));
        paintHatch(painter, QRectF(rect.left(), rect.top(), rect.width(), 2.5 * u), band.dense ? u : 2.5 * u);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(token(band.edge), 1.5));
        painter.drawLine(rect.topLeft(), rect.bottomLeft());
        const qreal width = metrics.horizontalAdvance(band.word);
        const qreal y = rect.top() + 3 * u;
        if (width + 2 * u <= rect.width()) {
            painter.drawText(QPointF(rect.left() + 1.5 * u, y + metrics.ascent()), band.word);
        } else if (metrics.height() <= rect.width() && width + 2 * u <= rect.height()) {
            // Too narrow to be written along: downwards, so that the word is not lost.
            painter.save();
            painter.translate(rect.left() + (rect.width() - metrics.height()) / 2 + metrics.descent(), y);
            painter.rotate(90);
            painter.drawText(QPointF(0, 0), band.word);
            painter.restore();
        }
    }
    painter.setFont(old);
}

void Plot::paintDividers(QPainter& painter) const
{
    const QFontMetricsF metrics(painter.font());
    const int u = unit(this);
    qreal free = u + metrics.horizontalAdvance(m_yTitle) + 2 * u; // the axis' title comes first
    for (const PlotDivider& divider : m_dividers) {
        const qreal x = std::round(toPixel(divider.x, 1).x());
        if (x < m_area.left() || x > m_area.right() + 0.5)
            continue;
        const qreal width = metrics.horizontalAdvance(divider.text);
        if (x - width < free)
            continue;
        painter.setPen(QPen(token(Token::grid), 1, Qt::DashLine));
        painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
        painter.setPen(token(Token::text2));
        painter.drawText(QPointF(x - width, metrics.ascent()), divider.text);
        free = x + 2 * u;
    }
}

void Plot::paintCircles(QPainter& painter) const
{
    const int u = unit(this);
    for (const Line& line : m_lines) {
        if (!line.look.circles || line.look.hidden)
            continue;
        const auto points = line.data.thin(m_drawn.x0, m_drawn.x1);
        if (points.isEmpty() || qreal(points.size()) * 2.5 * u > m_area.width())
            continue; // they would cover one another and the curve
        painter.setPen(QPen(linePen(line.look).color(), 2));
        painter.setBrush(token(Token::surface));
        for (const QPointF& point : points) {
            const QPointF at = toPixel(point.x(), point.y());
            if (m_area.adjusted(-1, -1, 1, 1).contains(at))
                painter.drawEllipse(at, 0.8 * u, 0.8 * u);
        }
    }
}

void Plot::paintMarkText(QPainter& painter, const PlotMark& mark, qreal x) const
{
    const int u = unit(this);
    painter.setPen(QPen(token(mark.token), 1.5, Qt::DashLine));
    painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
    const QFont old = painter.font();
    painter.setFont(scaledFont(kCaptionSize, true));
    const QFontMetricsF metrics(painter.font());
    const qreal width = metrics.horizontalAdvance(mark.text);
    // Beside its line, on the side that has room and no band's word; below the row of those words.
    const bool right = x + width + 3 * u < m_area.right()
        && std::none_of(m_bands.begin(), m_bands.end(), [&](const PlotBand& band) { return band.to > mark.x; });
    const qreal left = right || x - width - 2 * u < m_area.left() ? x + 2 * u : x - width - 2 * u;
    const qreal y = m_area.top() + 7 * u;
    // Curves behind would make it hard to read.
    QColor ground = token(Token::surface);
    ground.setAlphaF(0.75F);
    painter.fillRect(QRectF(left - u / 2.0, y, width + u, metrics.height()), ground);
    painter.drawText(QPointF(left, y + metrics.ascent()), mark.text);
    painter.setFont(old);
}

void Plot::paintMarks(QPainter& painter) const
{
    const int u = unit(this);
    const QFontMetricsF metrics(painter.font());
    if (m_reference) {
        const qreal y = toPixel(m_drawn.x0, *m_reference).y();
        if (y >= m_area.top() - 1 && y <= m_area.bottom() + 1) {
            painter.setPen(QPen(token(Token::text2), 1, Qt::DashLine));
            painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
            const bool above = y - metrics.height() > m_area.top() - u;
            painter.drawText(QRectF(m_area.left(), above ? y - metrics.height() : y, m_area.width(), metrics.height()),
                Qt::AlignRight, m_referenceWord);
        }
    }
    if (m_now && *m_now > m_drawn.x0 && *m_now < m_drawn.x1) {
        const qreal x = toPixel(*m_now, 1).x();
        painter.setPen(QPen(token(Token::text2), 1));
        painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
    }
    for (const PlotMark& mark : m_marks) {
        const bool onAxis = std::isnan(mark.y);
        const QPointF at
            = onAxis ? QPointF(toPixel(mark.x, 1).x(), m_area.bottom() - 0.9 * u) : toPixel(mark.x, mark.y);
        if (at.x() < m_area.left() - 1 || at.x() > m_area.right() + 1)
            continue;
        if (!mark.text.isEmpty())
            paintMarkText(painter, mark, at.x());
        if (at.y() < m_area.top() - 1 || at.y() > m_area.bottom() + 1)
            continue;
        painter.setBrush(token(mark.token));
        if (mark.shape == PlotMark::Shape::diamond) {
            painter.setPen(QPen(token(Token::surface), 1));
            painter.drawPolygon(diamondAt(at, 1.7 * u));
        } else {
            painter.setPen(Qt::NoPen);
            painter.drawPolygon(QPolygonF(
                {at + QPointF(0, -0.9 * u), at + QPointF(1.2 * u, 0.9 * u), at + QPointF(-1.2 * u, 0.9 * u)}));
        }
    }
}

void Plot::paintCrosshair(QPainter& painter) const
{
    const qreal x = toPixel(*m_crosshair, 1).x();
    if (x < m_area.left() - 1 || x > m_area.right() + 1 || !m_reader)
        return;
    painter.setPen(QPen(token(Token::text), 1, Qt::DotLine));
    painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
    const PlotReading reading = m_reader(*m_crosshair);
    const int u = unit(this);
    for (const PlotReading::Row& row : reading.rows) {
        if (!std::isfinite(row.y) || (m_log && row.y <= 0))
            continue;
        const QPointF at(x, toPixel(*m_crosshair, row.y).y());
        if (!m_area.contains(at))
            continue;
        painter.setPen(QPen(token(Token::surface), 1));
        painter.setBrush(token(row.token));
        painter.drawEllipse(at, u, u);
    }
    paintReading(painter, reading, x);
}

void Plot::paintReading(QPainter& painter, const PlotReading& reading, qreal x) const
{
    const int u = unit(this);
    const QFont plain = painter.font();
    const QFont bold = scaledFont(kCaptionSize, true);
    const QFontMetricsF metrics(plain);
    const qreal line = metrics.height() + u / 2.0;
    qreal names = 0;
    qreal values = 0;
    bool keys = false;
    for (const PlotReading::Row& row : reading.rows) {
        names = std::max(names, metrics.horizontalAdvance(row.name));
        values = std::max(values, metrics.horizontalAdvance(row.value));
        keys = keys || row.run >= 0;
    }
    names = std::min(names, 50.0 * u);
    const qreal key = keys ? 7.0 * u : 0.0;
    const qreal inner = std::max(QFontMetricsF(bold).horizontalAdvance(reading.title), key + names + 3 * u + values);
    const QSizeF size(inner + 4 * u, line * qreal(reading.rows.size() + 1) + 3 * u);
    // Beside the line, where there is room for it.
    const bool right = x + size.width() + 3 * u < m_area.right() || x - size.width() - 2 * u < 0;
    const QRectF box(QPointF(right ? x + 2.5 * u : x - size.width() - 2.5 * u, m_area.top() + 2 * u), size);
    painter.setPen(QPen(token(Token::control), 1));
    painter.setBrush(token(Token::surface));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(token(Token::text));
    painter.setFont(bold);
    qreal y = box.top() + 1.5 * u;
    painter.drawText(QPointF(box.left() + 2 * u, y + metrics.ascent()), reading.title);
    painter.setFont(plain);
    for (const PlotReading::Row& row : reading.rows) {
        y += line;
        if (row.run >= 0)
            paintRunKey(painter, QRectF(box.left() + 2 * u, y, 5 * u, metrics.height()).toRect(), row.run, palette());
        painter.setPen(row.run >= 0 ? token(Token::text) : token(row.token));
        painter.drawText(QPointF(box.left() + 2 * u + key, y + metrics.ascent()),
            metrics.elidedText(row.name, Qt::ElideRight, names + 1));
        painter.drawText(
            QRectF(box.left(), y, box.width() - 2 * u, metrics.height()), Qt::AlignRight | Qt::AlignVCenter, row.value);
    }
}

} // namespace falconer::ui
