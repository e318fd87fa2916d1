// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_table.h"

#include "ui/models/run_curve.h"
#include "ui/models/runs_model.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/cell_paint.h"
#include "ui/widgets/run_key.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace falconer::ui {

RunsTable::RunsTable(QWidget* parent)
    : TableView(parent)
{
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
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
    m_reorderable = true;
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
    TableView::resizeEvent(event);
    fit();
}

void RunsTable::changeEvent(QEvent* event)
{
    TableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

void RunsTable::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_drag) {
            // The mouse is still down: until it is released it shall move nothing, nor select.
            m_drag->row = QModelIndex();
            m_drag->before.reset();
            viewport()->update();
            return;
        }
        break;
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
    TableView::keyPressEvent(event);
}

QList<int> RunsTable::copiedColumns() const
{
    QList<int> columns;
    for (const Column& column : m_columns)
        if (!model()->headerData(column.column, Qt::Horizontal).toString().isEmpty())
            columns << column.column;
    return columns;
}

void RunsTable::mousePressEvent(QMouseEvent* event)
{
    TableView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    // Not QDrag, which would run an event loop until the mouse is released.
    if (m_reorderable && event->button() == Qt::LeftButton && (index.flags() & Qt::ItemIsDragEnabled))
        m_drag = Drag{index, event->position().toPoint(), {}};
}

void RunsTable::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_drag)
        return TableView::mouseMoveEvent(event);
    const QPoint at = event->position().toPoint();
    if (!(event->buttons() & Qt::LeftButton))
        return endDrag();
    if (!m_drag->row.isValid())
        return;
    if (!m_drag->before && (at - m_drag->from).manhattanLength() < QApplication::startDragDistance())
        return;
    m_drag->before = rowBefore(at.y());
    // Held beyond an edge, the list goes on a row at each move.
    if (at.y() < 0 || at.y() >= viewport()->height())
        verticalScrollBar()->triggerAction(
            at.y() < 0 ? QAbstractSlider::SliderSingleStepSub : QAbstractSlider::SliderSingleStepAdd);
    viewport()->update();
}

void RunsTable::mouseReleaseEvent(QMouseEvent* event)
{
    TableView::mouseReleaseEvent(event);
    if (!m_drag || event->button() != Qt::LeftButton)
        return;
    const Drag drag = *m_drag;
    endDrag();
    if (!drag.before || !drag.row.isValid())
        return;
    // The model's owner moves the row, because only it knows which places are possible.
    const int from = drag.row.row();
    const int to = *drag.before > from ? *drag.before - 1 : *drag.before;
    if (to != from)
        Q_EMIT moved(from, to);
}

int RunsTable::rowBefore(int y) const
{
    const int row = rowAt(std::clamp(y, 0, viewport()->height() - 1));
    if (row < 0)
        return model()->rowCount();
    return y < rowViewportPosition(row) + rowHeight(row) / 2 ? row : row + 1;
}

void RunsTable::endDrag()
{
    m_drag.reset();
    viewport()->update();
}

void RunsTable::paintEvent(QPaintEvent* event)
{
    TableView::paintEvent(event);
    if (!m_drag || !m_drag->before || !m_drag->row.isValid())
        return;
    const int row = *m_drag->before;
    const int y
        = row < model()->rowCount() ? rowViewportPosition(row) : rowViewportPosition(row - 1) + rowHeight(row - 1);
    QPainter painter(viewport());
    painter.fillRect(0, std::max(0, std::min(y - 1, viewport()->height() - 2)), viewport()->width(), 2,
        color(Token::accent, palette()));
}

void TagsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintCellGround(painter, cell);
    const QStringList tags = index.data().toString().split(QStringLiteral(", "), Qt::SkipEmptyParts);
    const int u = unit(cell.font);
    int used = u;
    for (const QString& tag : tags) {
        const int width = std::min(cell.rect.width() - used - u, chipWidth(tag, cell));
        if (width < 6 * u)
            break;
        paintChip(painter, cell, used, width, tag, Token::hover, Token::text);
        used += width + u;
    }
}

void RunKeyDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintCellGround(painter, cell);
    const int key = index.data(RunsModel::KeyRole).toInt();
    if (key >= 0 && key < kMaxOverlayRuns)
        paintRunKey(*painter, cell.rect.adjusted(unit(cell.font), 0, -unit(cell.font), 0), key, cell.palette);
}

void TickDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintCellGround(painter, cell);
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
