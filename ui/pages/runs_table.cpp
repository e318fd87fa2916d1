// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_table.h"

#include "ui/models/run_curve.h"
#include "ui/models/runs_model.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/run_key.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace falconer::ui {
namespace {

/// The ground of a cell without its text.
void paintGround(QPainter* painter, QStyleOptionViewItem option)
{
    option.text.clear();
    option.icon = {};
    option.features = QStyleOptionViewItem::None;
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
}

} // namespace

RunsTable::RunsTable(QWidget* parent)
    : QTableView(parent)
{
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(7 * unit(this));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(4 * unit(this));
    horizontalHeader()->setFixedHeight(7 * unit(this));
}

void RunsTable::setColumns(std::vector<Column> columns)
{
    m_columns = std::move(columns);
    fit();
}

void RunsTable::setReorderable()
{
    setSelectionMode(QAbstractItemView::SingleSelection);
    setDragDropMode(QAbstractItemView::InternalMove);
    setDragDropOverwriteMode(false);
    setDropIndicatorShown(true);
}

int RunsTable::selectedRow() const
{
    if (!selectionModel())
        return -1;
    const QModelIndexList rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.constFirst().row();
}

QSize RunsTable::sizeHint() const { return {150 * unit(this), 45 * unit(this)}; }

QSize RunsTable::minimumSizeHint() const { return {30 * unit(this), 24 * unit(this)}; }

void RunsTable::fit()
{
    if (!model() || m_columns.empty())
        return;
    const int u = unit(this);
    const QFontMetrics metrics(scaledFont(1, true));
    const auto widthOf = [&](const Column& column) {
        const QString head = model()->headerData(column.column, Qt::Horizontal).toString();
        // Room for the mark that a sorted column's head carries.
        const int headWidth = head.isEmpty() ? 0 : metrics.horizontalAdvance(head) + 5 * u;
        return std::max(headWidth, metrics.horizontalAdvance(column.sample) + column.extra + 4 * u);
    };
    const auto stretched = std::find_if(
        m_columns.begin(), m_columns.end(), [](const Column& c) { return c.sample.isEmpty() && c.extra == 0; });
    const int least = 36 * u;
    int lastRank = 0;
    for (const Column& column : m_columns)
        lastRank = std::max(lastRank, column.rank);
    int rank = lastRank;
    int rest = 0;
    for (;; --rank) {
        rest = viewport()->width();
        for (const Column& column : m_columns)
            if (column.rank <= rank && &column != &*stretched)
                rest -= widthOf(column);
        if (rest >= least || rank == 0)
            break;
    }
    for (const Column& column : m_columns) {
        setColumnHidden(column.column, column.rank > rank);
        if (column.rank <= rank)
            setColumnWidth(column.column, &column == &*stretched ? std::max(rest, 20 * u) : widthOf(column));
    }
}

void RunsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

void RunsTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        verticalHeader()->setDefaultSectionSize(7 * unit(this));
        fit();
    }
}

void RunsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    switch (event->key()) {
    case Qt::Key_Space: Q_EMIT tickRequested(); return;
    case Qt::Key_Delete: Q_EMIT removeRequested(); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() == Qt::NoModifier) {
            Q_EMIT openRequested();
            return;
        }
        break;
    default: break;
    }
    QTableView::keyPressEvent(event);
}

void RunsTable::copySelection() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (const Column& column : m_columns)
            if (const QString text = row.siblingAtColumn(column.column).data().toString();
                !model()->headerData(column.column, Qt::Horizontal).toString().isEmpty())
                cells << text;
        lines << cells.join(QLatin1Char('\t'));
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void RunsTable::dropEvent(QDropEvent* event)
{
    // The model's owner moves the row, because only it knows which places are possible; the view's own way would remove
    // the row and insert a copy.
    const int from = selectedRow();
    if (event->source() != this || from < 0) {
        event->ignore();
        return;
    }
    const QPoint point = event->position().toPoint();
    const QModelIndex target = indexAt(point);
    int to = model()->rowCount() - 1;
    if (target.isValid()) {
        const QRect cell = visualRect(target);
        const int before = point.y() < cell.center().y() ? target.row() : target.row() + 1;
        to = before > from ? before - 1 : before;
    }
    event->setDropAction(Qt::IgnoreAction);
    event->accept();
    setState(QAbstractItemView::NoState);
    viewport()->update();
    if (to != from)
        Q_EMIT moved(from, to);
}

void TagsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintGround(painter, cell);
    const QStringList tags = index.data().toString().split(QStringLiteral(", "), Qt::SkipEmptyParts);
    const int u = unit(cell.font);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(scaledFont(kCaptionSize));
    const QFontMetrics metrics(painter->font());
    int used = u;
    for (const QString& tag : tags) {
        const int room = cell.rect.width() - used - u;
        const int width = std::min(room, metrics.horizontalAdvance(tag) + 2 * u);
        if (width < 6 * u)
            break;
        QRect chip(cell.rect.left() + used, cell.rect.center().y() - (metrics.height() + u / 2) / 2, width,
            metrics.height() + u / 2);
        chip = QStyle::visualRect(cell.direction, cell.rect, chip);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color(Token::hover, cell.palette));
        painter->drawRoundedRect(chip, 3, 3);
        painter->setPen(color(Token::text, cell.palette));
        painter->drawText(chip, Qt::AlignCenter, metrics.elidedText(tag, Qt::ElideRight, width - u));
        used += width + u;
    }
    painter->restore();
}

void RunKeyDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintGround(painter, cell);
    const int key = index.data(RunsModel::KeyRole).toInt();
    if (key >= 0 && key < kMaxOverlayRuns)
        paintRunKey(*painter, cell.rect.adjusted(unit(cell.font), 0, -unit(cell.font), 0), key, cell.palette);
}

void TickDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintGround(painter, cell);
    const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
    QStyleOptionButton box;
    box.palette = cell.palette;
    box.direction = cell.direction;
    box.state = QStyle::State_Enabled
        | (index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off);
    const int width = style->pixelMetric(QStyle::PM_IndicatorWidth, &box, cell.widget);
    const int height = style->pixelMetric(QStyle::PM_IndicatorHeight, &box, cell.widget);
    box.rect = QStyle::alignedRect(cell.direction, Qt::AlignCenter, {width, height}, cell.rect);
    style->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, painter, cell.widget);
}

} // namespace falconer::ui
