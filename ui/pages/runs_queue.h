// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <filesystem>
#include <vector>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QToolButton;

namespace falconer::ui {

class Card;
class QueueRunner;
class RunsTable;
class Strip;
class Workspace;

/// The queue: what waits, in which order, what runs, and in the morning what came of it.
class RunsQueue : public QWidget {
    Q_OBJECT

public:
    explicit RunsQueue(Workspace& workspace, QWidget* parent = nullptr);

    /// In the order in which the page's header shows them.
    std::vector<QWidget*> actions() const;
    using QWidget::actions;
    RunsTable* table() const { return m_table; }
    RunsTable* report() const { return m_report; }
    QLabel* reportText() const { return m_reportText; }
    Strip* message() const { return m_message; }

Q_SIGNALS:
    /// "3 runs, 2 waiting".
    void factsChanged(const QString& facts);
    void compareRequested(const std::vector<std::filesystem::path>& runs);

private:
    void buildList(Card* card);
    void buildReport(Card* card);
    void buildActions();
    void connectQueue();
    void showQueue();
    void showReport();
    void updateButtons();
    void addDraft();
    /// Else it says what is missing.
    bool draftIsReady();
    void askForFile();
    void addSweep();
    void moveBy(int rows);
    void removeRow();
    void startOrStop();

    Workspace& m_workspace;
    QueueRunner& m_queue;
    Strip* m_message;
    RunsTable* m_table;
    QStackedWidget* m_list;
    Card* m_reportCard;
    QLabel* m_reportText;
    RunsTable* m_report;
    QSortFilterProxyModel* m_ranked;
    QPushButton* m_compare = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_check = nullptr;
    QPushButton* m_skip = nullptr;
    QPushButton* m_addDraft = nullptr;
    QPushButton* m_addSweep = nullptr;
    QPushButton* m_addFile = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
    QPushButton* m_retry = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_clear = nullptr;
};

} // namespace falconer::ui
