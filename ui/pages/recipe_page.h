// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QPointer>
#include <QWidget>

#include <string>
#include <vector>

class QScrollArea;
class QSplitter;
class QVBoxLayout;

namespace falconer::ui {

class ReadinessCard;
class RecipeForm;
class RecipeHeader;
class RecipeHelpCard;
class RecipeSimple;
class RecipeSummaryCard;
class Strip;
class Workspace;

/// Where a run is put together: the form (Simple or Advanced) at the left, room for cards that need width in the
/// middle, and what will run, whether it can start, and help at the right. In a narrow window the right column moves
/// under the form, and Start stays at the bottom.
class RecipePage : public QWidget {
    Q_OBJECT

public:
    explicit RecipePage(Workspace& workspace, QWidget* parent = nullptr);

    RecipeHeader* header() const { return m_header; }
    RecipeForm* form() const { return m_form; }
    RecipeSimple* simple() const { return m_simple; }
    ReadinessCard* readinessCard() const { return m_readiness; }
    RecipeSummaryCard* summary() const { return m_summary; }
    RecipeHelpCard* help() const { return m_help; }
    Strip* strip() const { return m_strip; }
    /// What was wrong with a file that was opened or saved; nothing when nothing was.
    void showFaults(const std::vector<Fault>& faults);

    /// Adds a card to the middle column, below those that are there; `inSimple`: Simple shows it too.
    void addMiddle(QWidget* card, bool inSimple = false);
    bool isAdvanced() const { return m_advanced; }
    void setAdvanced(bool advanced);
    /// Brings a field into view and gives it the focus; where Simple does not have it, in Advanced.
    void focusField(const std::string& key);
    /// The field that has the focus; empty: none.
    std::string focusedField() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void addShortcuts();
    void connectParts();
    void arrange(bool narrow);
    void fitLeft();
    void goToFault(int direction);
    void toggleHelp();
    void showReadiness();
    void showMiddle();

    Workspace& m_workspace;
    RecipeHeader* m_header;
    Strip* m_strip;
    QSplitter* m_columns;
    QScrollArea* m_left;
    QScrollArea* m_middle;
    QWidget* m_right;
    QScrollArea* m_summaryScroll;
    QScrollArea* m_helpScroll;
    QVBoxLayout* m_leftLayout;
    QVBoxLayout* m_middleLayout;
    QVBoxLayout* m_rightLayout;
    QVBoxLayout* m_pageLayout;
    RecipeSimple* m_simple;
    RecipeForm* m_form;
    RecipeSummaryCard* m_summary;
    ReadinessCard* m_readiness;
    RecipeHelpCard* m_help;
    QPointer<QWidget> m_beforeHelp; ///< where the focus was when F1 took it
    std::vector<std::pair<QWidget*, bool>> m_middleCards; ///< and whether Simple shows them
    bool m_advanced = false;
    bool m_narrow = false;
    bool m_arranged = false;
};

} // namespace falconer::ui
