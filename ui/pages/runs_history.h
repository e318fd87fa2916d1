// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/run_library.h"

#include <QWidget>

#include <filesystem>
#include <optional>
#include <vector>

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace falconer::ui {

class Card;
class NoMatch;
class RunsCompare;
class RunsDetails;
class RunsTable;
class Segments;
class Strip;
class Workspace;

/// The runs that were: table, details, comparison. Its actions stand in the page's header.
class RunsHistory : public QWidget {
    Q_OBJECT

public:
    RunsHistory(Workspace& workspace, RunLibrary& library, QWidget* parent = nullptr);

    /// In the order in which the header shows them.
    std::vector<QWidget*> actions() const;
    using QWidget::actions;
    /// Ticks these runs and shows them as a sweep.
    void compare(const std::vector<std::filesystem::path>& runs);
    /// Selects a run's row.
    void select(const std::filesystem::path& run);

    RunsTable* table() const { return m_table; }
    QLineEdit* filterLine() const { return m_words; }
    RunsDetails* details() const { return m_details; }
    RunsCompare* comparison() const { return m_compare; }
    Strip* message() const { return m_message; }
    RunsFilter* filter() const { return m_filter; }
    NoMatch* noMatch() const { return m_noMatch; }

Q_SIGNALS:
    /// "12 runs, 3 ticked".
    void factsChanged(const QString& facts);

private:
    void buildTable(Card* card);
    void buildActions();
    void buildEmpty();
    void connectLibrary();
    const RunRow* current() const;
    std::vector<std::filesystem::path> selected() const;
    void showCurrent();
    void updateActions();
    void updateFacts();
    void tickSelected();
    void tickShown();
    void setView(int view);
    void resume();
    void cloneRecipe();
    void useIn(bool playground);
    void openFolder();
    void bin();
    void showBinned(const std::vector<BinnedRun>& runs);
    void askForFolder();
    void buildMore();

    Workspace& m_workspace;
    RunLibrary& m_library;
    RunsFilter* m_filter;
    QStackedWidget* m_stack;
    Strip* m_message;
    QPushButton* m_undo;
    RunsTable* m_table;
    NoMatch* m_noMatch;
    QLineEdit* m_words;
    Segments* m_views;
    QStackedWidget* m_below;
    RunsDetails* m_details;
    RunsCompare* m_compare;
    QPushButton* m_resume = nullptr;
    QPushButton* m_clone = nullptr;
    QPushButton* m_playground = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_bin = nullptr;
    QToolButton* m_more = nullptr;
    std::optional<std::filesystem::path> m_current;
    std::size_t m_ticks = 0;
    std::vector<BinnedRun> m_binned;
};

} // namespace falconer::ui
