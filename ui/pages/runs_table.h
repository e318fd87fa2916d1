// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

#include <vector>

namespace falconer::ui {

/// A table of runs. It is never wider than its place: one column takes what is left, and where that is too little the
/// columns of least rank hide (the details say what they said).
class RunsTable : public QTableView {
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
    /// Rows can be dragged to another place; moved() asks for it.
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
    void moved(int from, int to);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void fit();
    void copySelection() const;

    std::vector<Column> m_columns;
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
