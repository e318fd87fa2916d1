// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sparkline.h"

#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/key_icon.h"

#include <QApplication>
#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

struct Sparkline {
    Q_DECLARE_TR_FUNCTIONS(Sparkline)
};

bool isNumber(const QPointF& point) { return std::isfinite(point.x()) && std::isfinite(point.y()); }

std::optional<QPointF> lowestOf(std::span<const QPointF> points)
{
    std::optional<QPointF> lowest;
    for (const QPointF& point : points)
        if (isNumber(point) && (!lowest || point.y() < lowest->y()))
            lowest = point;
    return lowest;
}

} // namespace

void paintSparkline(QPainter& painter, const QRect& rect, std::span<const QPointF> points, const QPalette& palette,
    std::optional<QPointF> best)
{
    double x0 = HUGE_VAL;
    double x1 = -HUGE_VAL;
    double y0 = HUGE_VAL;
    double y1 = -HUGE_VAL;
    for (const QPointF& point : points) {
        if (!isNumber(point))
            continue;
        x0 = std::min(x0, point.x());
        x1 = std::max(x1, point.x());
        y0 = std::min(y0, point.y());
        y1 = std::max(y1, point.y());
    }
    if (!(x0 <= x1) || rect.width() < 4 || rect.height() < 4)
        return;
    const qreal mark = std::min(3.5, rect.height() / 4.0);
    const QRectF area = QRectF(rect).adjusted(mark, mark, -mark, -mark);
    const auto place = [&](const QPointF& point) {
        const double x = x1 > x0 ? (point.x() - x0) / (x1 - x0) : 0.5;
        const double y = y1 > y0 ? (point.y() - y0) / (y1 - y0) : 0.5;
        return QPointF(area.left() + x * area.width(), area.bottom() - y * area.height());
    };
    // Of the points of one pixel the lowest and the highest draw all that can be seen.
    QPolygonF line;
    for (const QPointF& point : points) {
        if (!isNumber(point))
            continue;
        const QPointF at = place(point);
        const qsizetype n = line.size();
        if (n >= 3 && std::floor(line[n - 3].x()) == std::floor(at.x())) {
            QPointF& low = line[n - 2];
            QPointF& high = line[n - 1];
            const qreal bottom = std::max({low.y(), high.y(), at.y()});
            const qreal top = std::min({low.y(), high.y(), at.y()});
            const bool falls = low.y() > high.y();
            low.setY(falls ? bottom : top);
            high = QPointF(at.x(), falls ? top : bottom);
        } else {
            line << at;
        }
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(painter.pen().color(), 1.5);
    pen.setJoinStyle(Qt::RoundJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    if (line.size() == 1)
        painter.drawPoint(line[0]);
    else
        painter.drawPolyline(line);
    if (best && isNumber(*best)) {
        const QPointF c = place({std::clamp(best->x(), x0, x1), std::clamp(best->y(), y0, y1)});
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::best, palette));
        painter.drawPolygon(diamondAt(c, mark));
    }
    painter.restore();
}

SparklineDelegate::SparklineDelegate(int role, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_role(role)
{
}

void SparklineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    cell.icon = {};
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
    const auto points = index.data(m_role).value<QList<QPointF>>();
    const QVariant ink = index.data(Qt::ForegroundRole);
    painter->save();
    painter->setPen(ink.canConvert<QBrush>() ? ink.value<QBrush>().color() : color(Token::text2, option.palette));
    const int u = unit(option.font);
    paintSparkline(*painter, option.rect.adjusted(2 * u, u / 2, -2 * u, -u / 2),
        std::span<const QPointF>(points.constData(), static_cast<std::size_t>(points.size())), option.palette,
        lowestOf(std::span<const QPointF>(points.constData(), static_cast<std::size_t>(points.size()))));
    painter->restore();
}

QSize SparklineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const int u = unit(option.font);
    return {26 * u, 7 * u};
}

QString sparklineText(std::span<const QPointF> points)
{
    const auto lowest = lowestOf(points);
    if (!lowest)
        return Sparkline::tr("No validation loss");
    const auto first = std::find_if(points.begin(), points.end(), isNumber);
    const auto last = std::find_if(points.rbegin(), points.rend(), isNumber);
    return Sparkline::tr("Validation loss from %1 to %2, lowest %3 at step %4")
        .arg(lossText(first->y()), lossText(last->y()), lossText(lowest->y()))
        .arg(std::llround(lowest->x()));
}

} // namespace falconer::ui
