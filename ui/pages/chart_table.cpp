// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/chart_table.h"

#include "ui/theme/style.h"

#include <QHeaderView>
#include <QShortcut>
#include <QStandardItemModel>
#include <QToolButton>

namespace falconer::ui {

ChartTable::ChartTable(QWidget* chart, const QString& name, QWidget* parent)
    : TableView(parent)
    , m_model(new QStandardItemModel(this))
    , m_button(new QToolButton(parent))
{
    setModel(m_model);
    setAccessibleName(name);
    setDense(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    setMaximumHeight(40 * unit(this));
    hide();
    m_button->setText(tr("Table"));
    m_button->setCheckable(true);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->setMinimumHeight(6 * unit(this));
    m_button->setToolTip(tr("Shows the chart's numbers as a table (T)"));
    m_button->setAccessibleName(tr("Show as table: %1").arg(name));
    auto* key = new QShortcut(QKeySequence(Qt::Key_T), chart);
    key->setContext(Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, m_button, &QToolButton::toggle);
    connect(m_button, &QToolButton::toggled, this, &QWidget::setVisible);
}

QWidget* ChartTable::button() const { return m_button; }

void ChartTable::setNumbers(const QStringList& header, const QList<QStringList>& rows)
{
    if (header == m_header && rows == m_rows)
        return;
    m_header = header;
    m_rows = rows;
    m_model->clear();
    m_model->setHorizontalHeaderLabels(header);
    for (const QStringList& row : rows) {
        QList<QStandardItem*> items;
        for (const QString& text : row) {
            auto* item = new QStandardItem(text);
            item->setToolTip(text);
            items << item;
        }
        m_model->appendRow(items);
    }
}

} // namespace falconer::ui
