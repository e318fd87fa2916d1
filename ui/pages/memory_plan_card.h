// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/plan_advice.h"
#include "ui/widgets/card.h"

#include <QTimer>

class QBoxLayout;
class QLabel;

namespace falconer::ui {

class ElidedLabel;
class MemoryBar;
class MemoryTable;
class Pill;
class QuantizationPeaks;
class SuggestionList;
class Workspace;

/// The memory that the draft would take, by what it is spent on, against what the machine has; and what to do about it.
class MemoryPlanCard : public Card {
    Q_OBJECT

public:
    explicit MemoryPlanCard(Workspace& workspace, QWidget* parent = nullptr);

    /// The card in words, as screen readers say it.
    QString summary() const { return accessibleDescription(); }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void follow();
    void say(const QString& sentence);
    void apply(const PlanSuggestion& suggestion);

    Workspace& m_workspace;
    Pill* m_pill;
    ElidedLabel* m_machine;
    QLabel* m_sentence; ///< in place of the plan when there is none
    QWidget* m_content;
    MemoryBar* m_bar;
    MemoryTable* m_table;
    SuggestionList* m_suggestions;
    QuantizationPeaks* m_peaks;
    QLabel* m_note;
    QBoxLayout* m_halves;
    QTimer m_slow; ///< "Measuring memory" shows when it takes a noticeable time
};

} // namespace falconer::ui
