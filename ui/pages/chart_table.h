// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/table_view.h"

#include <QStringList>

class QStandardItemModel;
class QToolButton;

namespace falconer::ui {

/// The numbers of a chart as a table below it, hidden until it is asked for by its button, or by T on the chart.
class ChartTable : public TableView {
    Q_OBJECT

public:
    ChartTable(QWidget* chart, const QString& name, QWidget* parent = nullptr);
    /// Shows and hides the table; it stands with the chart's other controls.
    QWidget* button() const;
    /// The first of each row is its name. The same numbers again leave selection and place as they are.
    void setNumbers(const QStringList& header, const QList<QStringList>& rows);

private:
    QStandardItemModel* m_model;
    QToolButton* m_button;
    QStringList m_header;
    QList<QStringList> m_rows;
};

} // namespace falconer::ui
