// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QStackedWidget;

namespace falconer::ui {

class PageHeader;
class RunLibrary;
class RunsHistory;
class RunsQueue;
class Segments;
class Workspace;

/// The runs that were and those that will be.
class RunsPage : public QWidget {
    Q_OBJECT

public:
    explicit RunsPage(Workspace& workspace, QWidget* parent = nullptr);
    /// Saves notes that are still being typed.
    ~RunsPage() override;

    RunLibrary* library() const { return m_library; }
    RunsHistory* history() const { return m_history; }
    RunsQueue* queue() const { return m_queue; }
    void showQueue(bool queue);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void showFacts();

    Workspace& m_workspace;
    RunLibrary* m_library;
    PageHeader* m_header;
    Segments* m_parts;
    QStackedWidget* m_stack;
    RunsHistory* m_history;
    RunsQueue* m_queue;
    QString m_historyFacts;
    QString m_queueFacts;
};

} // namespace falconer::ui
