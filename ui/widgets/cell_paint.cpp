// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cell_paint.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace falconer::ui {

void paintCellGround(QPainter* painter, QStyleOptionViewItem cell)
{
    cell.text.clear();
    cell.icon = {};
    cell.features = QStyleOptionViewItem::None;
    const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
}

int chipWidth(const QString& text, const QStyleOptionViewItem& cell)
{
    return QFontMetrics(scaledFont(kCaptionSize)).horizontalAdvance(text) + 2 * unit(cell.font);
}

void paintChip(QPainter* painter, const QStyleOptionViewItem& cell, int offset, int width, const QString& text,
    Token ground, Token letters)
{
    const int u = unit(cell.font);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(scaledFont(kCaptionSize));
    const QFontMetrics metrics(painter->font());
    const int chip = std::min(width, chipWidth(text, cell));
    const int height = metrics.height() + u / 2;
    const QRect place = QStyle::visualRect(
        cell.direction, cell.rect, {cell.rect.left() + offset, cell.rect.center().y() - height / 2, chip, height});
    painter->setPen(Qt::NoPen);
    painter->setBrush(color(ground, cell.palette));
    painter->drawRoundedRect(place, 3, 3);
    painter->setPen(color(letters, cell.palette));
    painter->drawText(place, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, chip - u));
    painter->restore();
}

} // namespace falconer::ui
