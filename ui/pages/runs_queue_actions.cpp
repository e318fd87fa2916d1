// SPDX-License-Identifier: GPL-3.0-or-later
// What the buttons of the queue do.
#include "ui/pages/runs_queue.h"

#include "ui/pages/runs_sweep_dialog.h"
#include "ui/pages/runs_table.h"
#include "ui/session/queue_runner.h"
#include "ui/session/recipe_text.h"
#include "ui/session/workspace.h"
#include "ui/text/field_text.h"
#include "ui/widgets/strip.h"

#include <QFileDialog>
#include <QPushButton>

#include <algorithm>

namespace falconer::ui {

void RunsQueue::startOrStop()
{
    switch (m_queue.phase()) {
    case QueueRunner::Phase::idle:
        m_message->clear();
        m_queue.start();
        break;
    case QueueRunner::Phase::running: m_queue.stopAfterThis(); break;
    case QueueRunner::Phase::lastRun: m_queue.stopAfterThis(false); break;
    case QueueRunner::Phase::checking: break;
    }
}

bool RunsQueue::draftIsReady()
{
    QStringList why;
    for (const Obstacle& obstacle : m_workspace.draft().readiness().obstaclesToQueue())
        why << sentence(obstacle);
    if (!why.isEmpty())
        m_message->set(Strip::Meaning::warn, tr("The recipe is not ready"), why.join(QLatin1Char('\n')));
    return why.isEmpty();
}

void RunsQueue::addDraft()
{
    const RecipeDraft& draft = m_workspace.draft();
    if (!draftIsReady())
        return;
    const QString name = m_queue.add(draft.resolved(), QString::fromStdString(runName(draft.recipe())));
    m_message->set(Strip::Meaning::info, tr("%1 added").arg(name), {});
    m_table->selectRow(m_queue.model()->rowOf(name));
}

void RunsQueue::addSweep()
{
    if (!draftIsReady())
        return;
    auto* dialog = new RunsSweepDialog(m_workspace, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, m_message, &Strip::clear);
    dialog->open();
}

void RunsQueue::askForFile()
{
    auto* dialog = new QFileDialog(this, tr("Add a queue file"), {}, tr("Queues (*.yaml *.yml *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_queue, &QueueRunner::addFile);
    dialog->open();
}

void RunsQueue::moveBy(int rows)
{
    const int row = m_table->selectedRow();
    if (row < 0)
        return;
    const QString name = m_queue.model()->item(row).name;
    m_queue.move(row, row + rows);
    m_table->selectRow(m_queue.model()->rowOf(name));
}

void RunsQueue::removeRow()
{
    const int row = m_table->selectedRow();
    if (row < 0 || !m_remove->isEnabled())
        return;
    m_queue.remove(row);
    if (const int count = m_queue.model()->rowCount(); count > 0)
        m_table->selectRow(std::min(row, count - 1));
}

} // namespace falconer::ui
