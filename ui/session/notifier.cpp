// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/notifier.h"

#include "ui/session/queue_runner.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/text/verdict_text.h"

#include <QIcon>
#include <QSystemTrayIcon>

namespace falconer::ui {

Notifier::Notifier(Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    RunController& run = workspace.run();
    followQueue(workspace.queue());
    connect(&run, &RunController::began, this, [this] { m_alarmed = false; });
    connect(&run, &RunController::verdictChanged, this, [this, &run] {
        const auto& verdict = run.verdict();
        if (m_alarmed || !verdict || verdict->state != SentinelState::overfitting)
            return;
        m_alarmed = true;
        notify(tr("%1: overfitting").arg(run.name()), verdictHeading(*verdict));
    });
    connect(&run, &RunController::ended, this, [this, &run](const RunEnded& end) {
        if (end.state == SessionState::failed)
            notify(tr("%1 has failed").arg(run.name()), describe(end.faults));
        else if (end.state == SessionState::finished)
            notify(tr("%1 is finished").arg(run.name()),
                end.best ? tr("Best validation loss %1 at step %2.").arg(lossText(end.best->loss)).arg(end.best->step)
                         : tr("The adapter is ready."));
        if (m_tray)
            m_tray->setToolTip(tr("Falconer: nothing is training"));
    });
}

void Notifier::followQueue(QueueRunner& queue)
{
    connect(&queue, &QueueRunner::finished, this,
        [this] { notify(tr("The queue is through"), tr("The Runs page has its report.")); });
}

bool Notifier::hasTray() const { return QSystemTrayIcon::isSystemTrayAvailable(); }

QSystemTrayIcon* Notifier::tray()
{
    if (!m_tray && hasTray()) {
        m_tray = new QSystemTrayIcon(QIcon(QStringLiteral(":/icons/falconer.svg")), this);
        connect(m_tray, &QSystemTrayIcon::activated, this, &Notifier::activated);
        connect(m_tray, &QSystemTrayIcon::messageClicked, this, &Notifier::activated);
    }
    return m_tray;
}

void Notifier::showTray()
{
    if (!tray())
        return;
    m_tray->setToolTip(tr("Falconer: %1 is training").arg(m_workspace.run().name()));
    m_tray->show();
}

void Notifier::notify(const QString& title, const QString& text)
{
    if (!m_workspace.settings().notifications())
        return;
    Q_EMIT notified(title, text);
    if (tray()) {
        m_tray->show();
        m_tray->showMessage(title, text);
    }
}

} // namespace falconer::ui
