// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_page.h"

#include "ui/pages/runs_details.h"
#include "ui/pages/runs_history.h"
#include "ui/pages/runs_queue.h"
#include "ui/session/queue_runner.h"
#include "ui/session/run_library.h"
#include "ui/session/workspace.h"
#include "ui/theme/style.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/segments.h"

#include <QApplication>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace falconer::ui {

RunsPage::RunsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_library(new RunLibrary(workspace, this))
    , m_header(new PageHeader(Rail::name(PageId::runs), this))
    , m_parts(new Segments({tr("History"), tr("Queue")}, this))
    , m_stack(new QStackedWidget(this))
    , m_history(new RunsHistory(workspace, *m_library, this))
    , m_queue(new RunsQueue(workspace, this))
{
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    m_stack->addWidget(m_history);
    m_stack->addWidget(m_queue);
    m_parts->setAccessibleName(tr("Runs that were, or runs to come"));
    m_parts->button(tr("History"))->setToolTip(tr("The runs that were"));
    m_parts->button(tr("Queue"))->setToolTip(tr("The runs that wait for their turn"));
    m_header->addState(m_parts);
    for (QWidget* button : m_history->actions())
        m_header->addAction(button);
    for (QWidget* button : m_queue->actions())
        m_header->addAction(button);
    connect(m_parts, &Segments::edited, this, [this] { showQueue(m_parts->value() == tr("Queue")); });
    connect(m_history, &RunsHistory::factsChanged, this, [this](const QString& facts) {
        m_historyFacts = facts;
        showFacts();
    });
    connect(m_queue, &RunsQueue::factsChanged, this, [this](const QString& facts) {
        m_queueFacts = facts;
        showFacts();
    });
    connect(m_queue, &RunsQueue::compareRequested, this, [this](const std::vector<std::filesystem::path>& runs) {
        showQueue(false);
        m_history->compare(runs);
    });
    // Morning: whoever opens the window finds what came of the night. Whoever is at work in the history stays there.
    connect(&workspace.queue(), &QueueRunner::finished, this, [this] {
        if (!m_history->isAncestorOf(QApplication::focusWidget()))
            showQueue(true);
    });
    connect(&workspace, &Workspace::queueRequested, this, [this] { showQueue(true); });
    showQueue(workspace.queue().isActive());
}

RunsPage::~RunsPage()
{
    // The library goes before its views do.
    m_history->details()->flush();
}

void RunsPage::showQueue(bool queue)
{
    m_parts->setValue(queue ? tr("Queue") : tr("History"));
    m_stack->setCurrentIndex(queue ? 1 : 0);
    for (QWidget* button : m_history->actions())
        button->setVisible(!queue);
    for (QWidget* button : m_queue->actions())
        button->setVisible(queue);
    showFacts();
}

void RunsPage::showFacts() { m_header->setFacts(m_stack->currentIndex() == 1 ? m_queueFacts : m_historyFacts); }

void RunsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    // Other programs may have trained meanwhile.
    m_library->refresh();
}

} // namespace falconer::ui
