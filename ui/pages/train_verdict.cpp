// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/train_verdict.h"

#include "ui/models/metrics_model.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/text/verdict_text.h"
#include "ui/theme/style.h"

#include <QDir>
#include <QPushButton>

namespace falconer::ui {

TrainVerdict::TrainVerdict(Workspace& workspace, QWidget* parent)
    : Strip(parent)
    , m_workspace(workspace)
    , m_continue(addAction(tr("Keep training")))
    , m_pause(addAction(tr("Pause"), QStringLiteral("pause")))
    , m_keep(addAction(tr("Stop and keep the best")))
    , m_resume(addAction(tr("Resume"), QStringLiteral("start")))
    , m_tryOut(addAction(tr("Open in Playground")))
    , m_export(addAction(tr("Export…"), QStringLiteral("export")))
{
    setObjectName(QStringLiteral("verdict"));
    setPrimary(m_keep);
    m_continue->setToolTip(tr("Hides the buttons; the best adapter stays safe"));
    m_pause->setToolTip(tr("Saves a checkpoint and waits (Ctrl+.)"));
    m_keep->setToolTip(tr("Ends the run and hands over the adapter of the lowest validation loss"));
    m_resume->setToolTip(tr("Goes on from the newest checkpoint, to the same numbers (Ctrl+Return)"));
    m_tryOut->setToolTip(tr("Asks the base model and the tuned one side by side"));
    m_export->setToolTip(tr("Copies the adapter to a place of your choice and proves the copy"));
    RunController& run = workspace.run();
    connect(m_continue, &QPushButton::clicked, this, [this] {
        m_goOn = true;
        refresh();
    });
    connect(m_pause, &QPushButton::clicked, &run, [&run] { run.setPaused(true); });
    connect(m_keep, &QPushButton::clicked, &run, &RunController::stop);
    connect(m_resume, &QPushButton::clicked, this, [this, &run] {
        if (run.isPaused())
            run.setPaused(false);
        else
            m_workspace.resumeRun(run.folder());
    });
    connect(m_tryOut, &QPushButton::clicked, this, [this] {
        m_workspace.selectRun(m_workspace.run().folder());
        m_workspace.show(PageId::playground);
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        m_workspace.selectRun(m_workspace.run().folder());
        m_workspace.show(PageId::exports);
    });
    connect(&run, &RunController::began, this, [this] { m_goOn = false; });
    connect(&run, &RunController::stateChanged, this, &TrainVerdict::refresh);
    connect(&run, &RunController::verdictChanged, this, &TrainVerdict::refresh);
    refresh();
}

void TrainVerdict::refresh()
{
    const RunController& run = m_workspace.run();
    m_resume->setText(tr("Resume"));
    if (run.isIdle()) {
        clear();
        return;
    }
    if (run.end())
        showEnd();
    else if (run.isPaused())
        showPaused();
    else
        showSentinel();
}

void TrainVerdict::showEnd()
{
    const RunController& run = m_workspace.run();
    const RunEnded& end = *run.end();
    const bool hasAdapter = !end.adapter.empty();
    if (end.state == SessionState::failed) {
        QString text = describe(end.faults);
        const auto& steps = run.metrics()->curves().checkpoints;
        if (!steps.empty()) {
            text += QLatin1Char('\n') + tr("Checkpoint %1 is intact.").arg(qint64(steps.back().x()));
            m_resume->setText(tr("Resume from %1").arg(qint64(steps.back().x())));
        }
        set(Meaning::error, end.faults.empty() ? stateLabel(end.state) : ui::heading(end.faults.front().code), text);
        showActions(steps.empty() ? QList<QPushButton*>{} : QList{m_resume});
        return;
    }
    const bool finished = end.state == SessionState::finished;
    QStringList facts;
    if (end.bySentinel && end.sentinel)
        facts << verdictEvidence(*end.sentinel);
    if (end.best)
        facts << tr("Best validation loss %1 at step %2.").arg(lossText(end.best->loss)).arg(end.best->step);
    if (end.start && end.best)
        facts << tr("It was %1 before training.").arg(lossText(end.start->loss));
    if (end.proof)
        facts << tr("Read back and measured again: %1 before, %2 after.")
                     .arg(lossText(end.proof->before), lossText(end.proof->after));
    if (hasAdapter)
        facts
            << tr("The adapter is in %1.").arg(QDir::toNativeSeparators(QString::fromStdString(end.adapter.string())));
    set(finished ? Meaning::ok : Meaning::info,
        end.bySentinel ? tr("The sentinel ended the run: it was overfitting.")
            : finished ? tr("The run is finished.")
                       : tr("The run is stopped; its state is saved."),
        facts.join(QLatin1Char(' ')));
    QList<QPushButton*> buttons;
    if (!finished)
        buttons << m_resume;
    if (hasAdapter)
        buttons << m_tryOut << m_export;
    showActions(buttons);
}

void TrainVerdict::showPaused()
{
    const RunController& run = m_workspace.run();
    const auto step = run.metrics()->lastStep();
    switch (run.pauseReason()) {
    case PauseReason::disk:
        set(Meaning::warn, tr("The disk refuses the results."),
            tr("Training is over, and nothing is lost while this window is open. Make room, or end what holds the "
               "folder; it looks again every few seconds. The log says which file."));
        showActions({m_resume});
        return;
    case PauseReason::sentinel:
        if (run.verdict()) {
            set(Meaning::error,
                tr("The sentinel paused the run at step %1: it is overfitting.").arg(step ? step->step : 0),
                verdictEvidence(*run.verdict()));
            nameBest(*run.verdict());
            showActions({m_resume, m_keep});
            return;
        }
        break;
    case PauseReason::asked: break;
    }
    set(Meaning::info, tr("Paused at step %1.").arg(step ? step->step : 0),
        tr("State is saved, and everything is still in memory. The window can be closed; Home offers to go on."));
    showActions({m_resume});
}

void TrainVerdict::nameBest(const SentinelVerdict& verdict)
{
    m_keep->setText(
        verdict.bestStep ? tr("Stop and keep step %1").arg(*verdict.bestStep) : tr("Stop and keep the best"));
}

void TrainVerdict::showSentinel()
{
    const RunController& run = m_workspace.run();
    const Recipe& recipe = run.recipe();
    if (!recipe.sentinel.enabled || (run.started() && run.started()->evalEvery == 0)) {
        set(Meaning::info, tr("No sentinel."),
            recipe.sentinel.enabled ? tr("Add a validation split to be warned of overfitting.")
                                    : tr("The recipe turns it off (sentinel.enabled)."));
        showActions({});
        return;
    }
    if (!run.verdict()) {
        set(Meaning::info, tr("The sentinel watches."), tr("Its first verdict comes with the second evaluation."));
        showActions({});
        return;
    }
    const SentinelVerdict& verdict = *run.verdict();
    const bool alarmed = verdict.state == SentinelState::overfitting;
    const bool diverging = verdict.evidence.divergence || verdict.evidence.nonFiniteStep;
    const Meaning meaning = alarmed                          ? Meaning::error
        : verdict.state == SentinelState::watch || diverging ? Meaning::warn
                                                             : Meaning::ok;
    set(meaning, verdictHeading(verdict), verdictEvidence(verdict));
    m_goOn &= alarmed; // who was told once wants to hear of the next alert
    if (!alarmed || m_goOn) {
        showActions({});
        return;
    }
    nameBest(verdict);
    showActions({m_continue, m_pause, m_keep});
}

} // namespace falconer::ui
