// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sort_menu.h"

#include "ui/pages/plain_words.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace falconer::ui {
namespace {

struct SortMenu {
    Q_DECLARE_TR_FUNCTIONS(SortMenu)
};

void sortBy(QTableView* table, int column)
{
    const QHeaderView* header = table->horizontalHeader();
    const bool again = header->sortIndicatorSection() == column;
    table->sortByColumn(
        column, again && header->sortIndicatorOrder() == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void open(QTableView* table, const QPoint& where)
{
    auto* menu = new QMenu(table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("sortMenu"));
    menu->addSection(SortMenu::tr("Sort by"));
    const QHeaderView* header = table->horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        const QString name = table->model()->headerData(column, Qt::Horizontal).toString();
        if (name.isEmpty())
            continue;
        QAction* action = menu->addAction(plainWords(name), table, [table, column] { sortBy(table, column); });
        action->setCheckable(true);
        action->setChecked(header->sortIndicatorSection() == column);
    }
    menu->popup(table->viewport()->mapToGlobal(where));
}

} // namespace

void addSortMenu(QTableView* table)
{
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(
        table, &QWidget::customContextMenuRequested, table, [table](const QPoint& where) { open(table, where); });
}

} // namespace falconer::ui
