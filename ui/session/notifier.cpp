// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/notifier.h"

#include "ui/session/desktop_notifications.h"
#include "ui/session/queue_runner.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/text/verdict_text.h"

#include <QIcon>
#include <QMenu>
#include <QSystemTrayIcon>

#include <utility>

namespace falconer::ui {

Notifier::Notifier(Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_desktop(new DesktopNotifications(this))
{
    RunController& run = workspace.run();
    connect(&workspace.queue(), &QueueRunner::finished, this,
        [this] { notify(tr("The queue is through"), tr("The Runs page has its report.")); });
    connect(&run, &RunController::began, this, [this] { m_overfits = m_diverges = m_paused = false; });
    connect(&run, &RunController::stateChanged, this, &Notifier::onState);
    connect(&run, &RunController::ended, this, &Notifier::onEnd);
    // Not the verdicts that a resumed run comes with: they were told when they were news.
    connect(&run.bridge(), &SessionBridge::sentinelReported, this, &Notifier::onReport);
    connect(m_desktop, &DesktopNotifications::activated, this, &Notifier::activated);
    connect(m_desktop, &DesktopNotifications::failed, this, [this](const QString& title, const QString& text) {
        if (!tray())
            return;
        m_tray->show();
        m_tray->showMessage(title, text);
    });
}

Notifier::~Notifier() = default;

void Notifier::onReport(const SentinelReport& report)
{
    const SentinelVerdict& verdict = report.verdict;
    const QString& name = m_workspace.run().name();
    if (report.alert && !std::exchange(m_overfits, true))
        notify(tr("%1: overfitting").arg(name), verdictHeading(verdict));
    if ((verdict.evidence.divergence || verdict.evidence.nonFiniteStep) && !std::exchange(m_diverges, true))
        notify(tr("%1: diverging").arg(name), verdictHeading(verdict));
}

void Notifier::onState()
{
    const RunController& run = m_workspace.run();
    if (!run.isPaused()) {
        m_paused = false;
        return;
    }
    if (run.pauseReason() == PauseReason::asked || std::exchange(m_paused, true))
        return;
    if (run.pauseReason() == PauseReason::disk)
        notify(tr("%1 waits for the disk").arg(run.name()),
            tr("Training is over; its results are written as soon as there is room."));
    else
        notify(tr("%1 is paused").arg(run.name()), tr("The sentinel paused it: it is overfitting."));
}

void Notifier::onEnd(const RunEnded& end)
{
    const QString& name = m_workspace.run().name();
    if (end.state == SessionState::failed)
        notify(tr("%1 has failed").arg(name), describe(end.faults));
    else if (end.state == SessionState::finished)
        notify(tr("%1 is finished").arg(name),
            end.best ? tr("Best validation loss %1 at step %2.").arg(lossText(end.best->loss)).arg(end.best->step)
                     : tr("The adapter is ready."));
    if (m_tray)
        m_tray->setToolTip(tr("Falconer: nothing is training"));
}

bool Notifier::hasTray() const { return QSystemTrayIcon::isSystemTrayAvailable(); }

QSystemTrayIcon* Notifier::tray()
{
    if (m_tray || !hasTray())
        return m_tray;
    buildMenu();
    m_tray = new QSystemTrayIcon(QIcon(QStringLiteral(":/icons/falconer.svg")), this);
    m_tray->setContextMenu(m_menu.get());
    connect(m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason != QSystemTrayIcon::Context)
            Q_EMIT activated();
    });
    connect(m_tray, &QSystemTrayIcon::messageClicked, this, &Notifier::activated);
    return m_tray;
}

void Notifier::buildMenu()
{
    RunController& run = m_workspace.run();
    m_menu = std::make_unique<QMenu>();
    m_menu->addAction(tr("&Show the window"), this, &Notifier::activated);
    QAction* pause
        = m_menu->addAction(tr("&Pause"), &run, [&run] { run.setPaused(!run.isPaused() && !run.isPausing()); });
    const auto follow = [pause, &run] {
        pause->setText(run.isPaused() || run.isPausing() ? Notifier::tr("&Resume") : Notifier::tr("&Pause"));
        pause->setEnabled(run.isRunning());
    };
    connect(&run, &RunController::stateChanged, pause, follow);
    follow();
    m_menu->addSeparator();
    m_menu->addAction(tr("&Quit"), this, &Notifier::quitRequested);
}

void Notifier::showTray()
{
    if (!tray())
        return;
    m_tray->setToolTip(tr("Falconer: %1 is training").arg(m_workspace.run().name()));
    m_tray->show();
}

void Notifier::hideTray()
{
    if (m_tray)
        m_tray->hide();
}

void Notifier::notify(const QString& title, const QString& text)
{
    if (!m_workspace.settings().notifications())
        return;
    Q_EMIT notified(title, text);
    m_desktop->show(title, text);
}

} // namespace falconer::ui
