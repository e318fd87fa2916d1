// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/pages/data_findings.h"
#include "ui/widgets/card.h"

class QLabel;
class QLineEdit;
class QTabBar;
class QTableView;

namespace falconer::ui {

class DataSession;

/// The table of rows with its tabs and filter, and above it what deserves a look.
class DataRowsCard : public Card {
    Q_OBJECT

public:
    explicit DataRowsCard(DataSession& session, QWidget* parent = nullptr);

    RowsModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }
    QLineEdit* filter() const { return m_filter; }
    QTabBar* tabs() const { return m_tabs; }
    DataFindings* findings() const { return m_findings; }
    void setMaxLength(std::int64_t maxLength);
    void setShow(RowsModel::Show show);
    /// Selects a row of the session and scrolls to it; all rows are listed when it is not among those shown.
    void select(qint64 number);
    /// Counts on the tabs, columns that the format has.
    void refresh();

Q_SIGNALS:
    void selected(qint64 number); ///< the session's number; -1: none

private:
    void buildTable();
    void restoreSelection();

    DataSession& m_session;
    RowsModel* m_model;
    QTabBar* m_tabs;
    QLineEdit* m_filter;
    DataFindings* m_findings;
    QTableView* m_table;
    QLabel* m_empty;
    std::int64_t m_maxLength = 0;
    qint64 m_number = -1; // selected
};

} // namespace falconer::ui
