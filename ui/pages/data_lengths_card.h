// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

class QLabel;
class QPushButton;
class QSpinBox;

namespace falconer::ui {

class ChartTable;
class DataSession;
class ElidedLabel;
class LengthChart;

/// How long rows are and what a cut at max_length does to them, before it is chosen.
class DataLengthsCard : public Card {
    Q_OBJECT

public:
    explicit DataLengthsCard(DataSession& session, QWidget* parent = nullptr);

    LengthChart* chart() const { return m_chart; }
    QSpinBox* box() const { return m_box; }
    QString verdict() const;
    QString facts() const;
    /// What the recipe says.
    void setMaxLength(std::int64_t maxLength);
    void refresh();

Q_SIGNALS:
    void considered(qint64 maxLength); ///< what it would do is to be shown; the recipe has not changed
    void chosen(qint64 maxLength);
    void cutRowsRequested();

private:
    void show(std::int64_t maxLength);
    void fillTable();

    DataSession& m_session;
    ElidedLabel* m_facts;
    QSpinBox* m_box;
    LengthChart* m_chart;
    ChartTable* m_table;
    QLabel* m_verdict;
    QLabel* m_hint;
    QPushButton* m_showRows;
    QPushButton* m_keepAll;
    std::int64_t m_maxLength = 0; // the recipe's
};

} // namespace falconer::ui
