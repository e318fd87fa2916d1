// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/table_view.h"

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace falconer::ui {

/// A table of runs. It is never wider than its place: one column takes what is left, and where that is too little the
/// columns of least rank hide (the details say what they said). A copy has them all.
class RunsTable : public TableView {
    Q_OBJECT

public:
    struct Column {
        int column = 0;
        QString sample; ///< the widest text to be expected; empty: the one that takes what is left
        int rank = 0; ///< 0 never hides; the highest hides first
        int extra = 0; ///< pixels beside the text: an icon, a curve
    };

    explicit RunsTable(QWidget* parent = nullptr);
    void setColumns(std::vector<Column> columns);
    /// Rows that the model lets be dragged can be, to another place; moved() asks for it. Esc gives up.
    void setReorderable();
    /// The width that the column's cells ask for.
    int contentWidth(int column) const { return sizeHintForColumn(column); }
    /// The first selected row, or -1; of the model that was set.
    int selectedRow() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Space.
    void tickRequested();
    /// Delete.
    void removeRequested();
    /// Return.
    void openRequested();
    /// A row was dropped; `to` is where it would then stand.
    void moved(int from, int to);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    QList<int> copiedColumns() const override;

private:
    struct Drag {
        QPersistentModelIndex row;
        QPoint from;
        std::optional<int> before; ///< the row before which it would land; none until the mouse has moved
    };

    void fit();
    int rowBefore(int y) const;
    void endDrag();

    std::vector<Column> m_columns;
    bool m_reorderable = false;
    std::optional<Drag> m_drag;
};

/// Tags as small grounds.
class TagsDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// How the overlay draws a run.
class RunKeyDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// A box in the middle of its cell; the view ticks it.
class TickDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace falconer::ui
