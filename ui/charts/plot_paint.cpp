// SPDX-License-Identifier: GPL-3.0-or-later
// How a plot is painted: ground, axes and curves.
#include "ui/charts/plot.h"

#include "ui/charts/plot_charts.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QGraphicsLayout>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

/// In all curves together, while they move: with them 8 curves of 1200x800 take 12 of the 16 ms that a frame may.
constexpr std::size_t kMovingPoints = 4000;

} // namespace

Plot::Charts::Charts()
{
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->legend()->hide();
    chart->setBackgroundVisible(false);
    chart->setDropShadowEnabled(false);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setMargins({});
    chart->addAxis(x, Qt::AlignBottom);
    chart->addAxis(y, Qt::AlignLeft);
    x->setVisible(false);
    y->setVisible(false);
    scene.addItem(chart);
    scene.setItemIndexMethod(QGraphicsScene::NoIndex);
}

void Plot::Charts::add()
{
    auto* line = new QLineSeries;
    line->setUseOpenGL(false);
    chart->addSeries(line);
    line->attachAxis(x);
    line->attachAxis(y);
    series.push_back(line);
}

void Plot::Charts::clear()
{
    chart->removeAllSeries();
    series.clear();
}

void Plot::Charts::setArea(const QSizeF& size, const QRectF& area)
{
    if (chart->size() != size) {
        chart->resize(size);
        scene.setSceneRect(QRectF(QPointF(), size));
    }
    if (chart->plotArea() != area) {
        chart->setPlotArea(area);
        // The layout waits for the event loop otherwise, and this picture is painted now.
        chart->layout()->activate();
    }
}

void Plot::Charts::setView(const PlotView& view)
{
    x->setRange(view.x0, view.x1);
    y->setRange(view.y0, view.y1);
}

QColor Plot::token(Token token) const { return color(token, palette()); }

QPen Plot::linePen(const PlotLook& look) const
{
    QColor ink = token(look.token);
    if (look.faint) {
        const QColor ground = token(Token::surface);
        const auto mix = [](int a, int b) { return (a * 3 + b * 7) / 10; };
        ink = QColor(mix(ink.red(), ground.red()), mix(ink.green(), ground.green()), mix(ink.blue(), ground.blue()));
    }
    QPen pen(ink, look.width, look.dash);
    pen.setJoinStyle(Qt::BevelJoin); // a mitre at a spike reaches far beyond its value
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

void Plot::layOut(const QSizeF& size)
{
    const int u = unit(this);
    const QFontMetricsF metrics(scaledFont(kCaptionSize));
    const qreal line = metrics.height();
    const qreal top = m_small ? 1.5 * u : line + 1.5 * u;
    const qreal bottom = m_small ? 1.5 * u : 2 * line + 2 * u;
    const qreal height = std::max(1.0, size.height() - top - bottom);
    const int rows = std::max(2, static_cast<int>(height / (m_small ? 8 * u : 10 * u)));
    m_yTicks = m_log ? logTicks(m_drawn.y0, m_drawn.y1, rows) : valueTicks(m_drawn.y0, m_drawn.y1, rows);
    for (const Tick& tick : m_yTicks)
        m_labelWidth = std::max(m_labelWidth, metrics.horizontalAdvance(tick.text));
    const qreal left = std::min(m_labelWidth + 2.5 * u, size.width() / 3);
    m_area = QRectF(left, top, std::max(1.0, size.width() - left - (m_small ? u : 3 * u)), height);
    const int columns = std::max(2, static_cast<int>(m_area.width() / (25 * u)));
    m_xTicks = runTicks(m_axis, m_drawn.x0, m_drawn.x1, columns);
}

void Plot::updateSeries(const PlotView& view, bool smooth)
{
    // Many curves share what a frame has time for while they move; at rest each has all that its pixels can show.
    const std::size_t share = smooth ? kMaxChartPoints : kMovingPoints / std::max<std::size_t>(1, m_lines.size());
    const auto limit
        = std::clamp<std::size_t>(std::min(share, static_cast<std::size_t>(m_area.width())), 64, kMaxChartPoints);
    // The series are given their points after the axes their range, so that no old point is placed on new axes last.
    m_charts->setView(view);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        QList<QPointF> points;
        if (!line.look.hidden)
            points = line.data.thin(view.x0, view.x1, limit);
        if (m_log) {
            points.removeIf([](const QPointF& point) { return !(point.y() > 0); });
            for (QPointF& point : points)
                point.setY(std::log10(point.y()));
        }
        QLineSeries* series = m_charts->series[i];
        const QPen pen = linePen(line.look);
        if (series->pen() != pen)
            series->setPen(pen);
        series->replace(points);
    }
}

void Plot::draw(QPainter& painter, const QSizeF& size, bool smooth)
{
    const QRectF whole(QPointF(), size);
    m_drawn = view();
    layOut(size);
    m_charts->setArea(size, m_area);
    updateSeries(m_drawn, smooth);

    painter.setFont(scaledFont(kCaptionSize));
    painter.fillRect(whole, token(Token::surface));
    painter.setRenderHint(QPainter::TextAntialiasing);
    paintBands(painter);
    paintGrid(painter);
    painter.setRenderHint(QPainter::Antialiasing, smooth);
    m_charts->scene.render(&painter, whole, whole, Qt::IgnoreAspectRatio);
    painter.setRenderHint(QPainter::Antialiasing, false);
    // Curves that leave the plot are cut off by painting around it: not every paint engine (SVG) can clip.
    const QColor ground = token(Token::surface);
    painter.fillRect(QRectF(0, 0, size.width(), m_area.top()), ground);
    painter.fillRect(QRectF(0, m_area.bottom(), size.width(), size.height() - m_area.bottom()), ground);
    painter.fillRect(QRectF(0, 0, m_area.left(), size.height()), ground);
    painter.fillRect(QRectF(m_area.right(), 0, size.width() - m_area.right(), size.height()), ground);
    paintLabels(painter);
    if (!m_small)
        paintDividers(painter);
    painter.setRenderHint(QPainter::Antialiasing, true); // marks are few
    paintCircles(painter);
    paintMarks(painter);
    m_drawnSmooth = smooth;
}

void Plot::paintGrid(QPainter& painter) const
{
    painter.setPen(QPen(token(Token::grid), 1));
    for (const Tick& tick : m_yTicks) {
        const qreal y = std::round(m_area.bottom() - (tick.at - m_drawn.y0) / m_drawn.height() * m_area.height());
        painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
    }
}

void Plot::paintLabels(QPainter& painter) const
{
    const int u = unit(this);
    const QFontMetricsF metrics(painter.font());
    const qreal line = metrics.height();
    painter.setPen(token(Token::text2));
    bool empty = true;
    for (const Line& each : m_lines)
        empty = empty && (each.data.empty() || each.look.hidden);
    // Numbers on the axes of an empty chart would be made up; their room is kept, so that nothing moves when they come.
    if (!empty)
        for (const Tick& tick : m_yTicks) {
            const qreal y = m_area.bottom() - (tick.at - m_drawn.y0) / m_drawn.height() * m_area.height();
            painter.drawText(
                QRectF(0, y - line / 2, m_area.left() - 1.5 * u, line), Qt::AlignRight | Qt::AlignVCenter, tick.text);
        }
    if (m_small)
        return;
    if (!empty || m_end > 0) {
        qreal last = -1;
        for (const Tick& tick : m_xTicks) {
            const qreal x = m_area.left() + (tick.at - m_drawn.x0) / m_drawn.width() * m_area.width();
            const qreal width = metrics.horizontalAdvance(tick.text);
            if (x - width / 2 < last || x + width / 2 > width + m_area.right())
                continue;
            painter.drawText(QRectF(x - width, m_area.bottom() + u, 2 * width, line), Qt::AlignHCenter, tick.text);
            painter.drawLine(QPointF(std::round(x), m_area.bottom()), QPointF(std::round(x), m_area.bottom() + u));
            last = x + width / 2 + u;
        }
    }
    painter.drawText(QRectF(m_area.left(), m_area.bottom() + u + line, m_area.width(), line), Qt::AlignRight, m_xTitle);
    painter.drawText(QPointF(u, line - metrics.descent()), m_yTitle);
    painter.setPen(QPen(token(Token::control), 1));
    painter.drawLine(m_area.bottomLeft(), m_area.bottomRight());
}

void Plot::paintEvent(QPaintEvent*)
{
    const qreal ratio = devicePixelRatioF();
    const QSize pixels = QSizeF(QSizeF(size()) * ratio).toSize();
    if (m_picture.size() != pixels || !qFuzzyCompare(m_picture.devicePixelRatio(), ratio)) {
        m_picture = QPixmap(pixels);
        m_picture.setDevicePixelRatio(ratio);
        m_dirty = true;
    }
    if (m_dirty) {
        m_dirty = false;
        QPainter picture(&m_picture);
        draw(picture, size(), m_isStill || fewPoints());
        placeFollow();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    painter.setFont(scaledFont(kCaptionSize));
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_crosshair)
        paintCrosshair(painter);
    if (m_keyboardFocus && hasFocus()) {
        painter.setPen(QPen(token(Token::focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void Plot::placeFollow()
{
    const int u = unit(this);
    m_follow->adjustSize();
    m_follow->move(static_cast<int>(m_area.right()) - m_follow->width() - 2 * u,
        static_cast<int>(m_area.bottom()) - m_follow->height() - 2 * u);
}

} // namespace falconer::ui
