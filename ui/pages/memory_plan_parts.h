// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/memory_text.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace falconer::ui {

class PeakBar;

/// The parts of the peak as a table, with their sum.
class MemoryTable : public QWidget {
    Q_OBJECT

public:
    explicit MemoryTable(QWidget* parent = nullptr);
    void set(const std::vector<MemoryPart>& parts, const MemoryPlan& plan);

private:
    struct Row {
        QLabel* name;
        QLabel* value;
    };
    Row addRow(QWidget* key);

    QGridLayout* m_grid;
    std::vector<Row> m_rows;
    Row m_sum;
};

/// What would make the run smaller: each with what it saves, its price and a button.
class SuggestionList : public QWidget {
    Q_OBJECT

public:
    explicit SuggestionList(QWidget* parent = nullptr);
    /// Shows the few that save most.
    void set(std::vector<PlanSuggestion> suggestions);

Q_SIGNALS:
    void applied(const falconer::PlanSuggestion& suggestion);

private:
    struct Row {
        QWidget* whole;
        QLabel* change;
        QLabel* price;
        QLabel* saving;
        QPushButton* apply;
    };
    QLabel* m_none;
    std::vector<Row> m_rows;
    std::vector<PlanSuggestion> m_suggestions;
};

/// The peak with each type of quantization, and whether that fits.
class QuantizationPeaks : public QWidget {
    Q_OBJECT

public:
    explicit QuantizationPeaks(QWidget* parent = nullptr);
    void set(const RunForecast& forecast, const Recipe& recipe, const std::vector<WeightError>& errors);
    /// A line each, as screen readers say it.
    QString summary() const { return m_summary; }

private:
    struct Row {
        QLabel* type;
        PeakBar* bar;
        QLabel* value;
        QLabel* verdict;
    };
    std::vector<Row> m_rows;
    QString m_summary;
};

} // namespace falconer::ui
