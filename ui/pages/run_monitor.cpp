// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/run_monitor.h"

#include "ui/charts/loss_chart.h"
#include "ui/models/metrics_model.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/text_labels.h"

#include <QDir>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace falconer::ui {

void RunMonitor::setRunning(bool running)
{
    m_running = running;
    m_stop->setEnabled(running);
    setPaused(false);
    m_pause->setEnabled(running);
    m_stop->setToolTip(
        running ? tr("Saves a checkpoint and the adapter, then ends the run (Ctrl+.)") : tr("Nothing is training."));
}

void RunMonitor::setPaused(bool paused)
{
    m_paused = paused;
    m_pause->setText(paused ? tr("&Resume") : tr("&Pause"));
    m_pause->setIcon(icon(paused ? QStringLiteral("start") : QStringLiteral("pause")));
    if (!m_running)
        m_pause->setToolTip(tr("Nothing is training."));
    else
        m_pause->setToolTip(paused ? tr("Goes on where the run paused, to the same numbers (Ctrl+P)")
                                   : tr("Saves a checkpoint and waits, with everything in memory (Ctrl+P)"));
}

void RunMonitor::setExportable(bool possible, const QString& whyNot)
{
    m_export->setEnabled(possible);
    m_export->setToolTip(possible ? tr("Copies the adapter folder to a place of your choice") : whyNot);
}

void RunMonitor::showPreparing(const QString& title, const QString& facts)
{
    m_title->setFullText(title);
    m_facts->setFullText(facts);
    m_state->set(stateLabel(SessionState::preparing), Pill::Meaning::info);
    m_strip->clear();
    m_started = false;
    m_clock = {};
    setRunning(true);
    showPhase({});
    refreshTiles();
    m_chart->show(m_metrics->curves(), 0);
}

void RunMonitor::showPhase(const PhaseProgress& progress)
{
    if (m_started)
        return;
    const bool known = progress.total > 0;
    m_progress->setRange(0, known ? static_cast<int>(progress.total) : 0);
    m_progress->setValue(known ? static_cast<int>(progress.done) : 0);
    m_step->setText(progress.phase.empty() ? stateLabel(SessionState::preparing) : phaseText(progress));
    for (QLabel* label : {m_epoch, m_elapsed, m_left})
        label->clear();
}

void RunMonitor::showStart(const RunStarted& run)
{
    m_started = true;
    m_clock.start(run.firstStep, run.totalSteps);
    m_progress->setRange(0, static_cast<int>(run.totalSteps));
    refresh();
}

void RunMonitor::showState(SessionState state)
{
    if (isOver(state))
        return; // said at the end, together with its reasons
    const bool paused = state == SessionState::paused;
    m_state->set(stateLabel(state), paused ? Pill::Meaning::warn : Pill::Meaning::info);
    if (paused != m_paused)
        setPaused(paused);
}

void RunMonitor::showStopping()
{
    m_state->set(tr("Stopping"), Pill::Meaning::warn);
    m_pause->setEnabled(false);
    m_stop->setEnabled(false);
    m_stop->setToolTip(tr("The run ends after the batch at hand and saves its state."));
}

void RunMonitor::showSentinel(const SentinelReport& report)
{
    if (!report.alert)
        return;
    const SentinelEvidence& evidence = report.verdict.evidence;
    QStringList facts;
    if (report.verdict.bestStep && report.verdict.bestLoss)
        facts << tr("The validation loss was lowest, %1, at step %2; that adapter is kept.")
                     .arg(lossText(*report.verdict.bestLoss))
                     .arg(*report.verdict.bestStep);
    if (evidence.rise)
        facts << tr("It is now %1 % higher.").arg(*evidence.rise * 100, 0, 'f', 1);
    m_strip->set(Strip::Meaning::warn, tr("The model has begun to overfit."), facts.join(QLatin1Char(' ')));
}

void RunMonitor::showStep(const StepMetrics& step)
{
    m_clock.stepDone(step.step);
    m_epoch->setText(tr("epoch %1").arg(step.epoch, 0, 'f', 2));
}

void RunMonitor::showEnd(const RunEnded& end)
{
    m_clock.stop();
    setRunning(false);
    if (m_progress->maximum() == 0)
        m_progress->setRange(0, 1); // no busy bar for a run that is over
    switch (end.state) {
    case SessionState::failed:
        m_state->set(stateLabel(end.state), Pill::Meaning::error);
        m_strip->set(Strip::Meaning::error,
            end.faults.empty() ? stateLabel(end.state) : heading(end.faults.front().code), describe(end.faults));
        break;
    case SessionState::stopped:
    default: {
        const bool finished = end.state == SessionState::finished;
        m_state->set(stateLabel(end.state), finished ? Pill::Meaning::ok : Pill::Meaning::quiet);
        QStringList facts;
        if (end.best)
            facts << tr("Best validation loss %1 at step %2.").arg(lossText(end.best->loss)).arg(end.best->step);
        if (end.start && end.best)
            facts << tr("It was %1 before training.").arg(lossText(end.start->loss));
        if (!end.adapter.empty())
            facts << tr("The adapter is in %1.")
                         .arg(QDir::toNativeSeparators(QString::fromStdString(end.adapter.string())));
        m_strip->set(finished ? Strip::Meaning::ok : Strip::Meaning::info,
            finished ? tr("The run is finished.") : tr("The run is stopped; its state is saved."),
            facts.join(QLatin1Char(' ')));
    }
    }
    refresh();
}

void RunMonitor::showExport(const QString& heading, const QString& text, bool failed)
{
    m_strip->set(failed ? Strip::Meaning::error : Strip::Meaning::ok, heading, text);
}

void RunMonitor::refresh()
{
    refreshProgress();
    refreshTiles();
    m_chart->show(m_metrics->curves(), m_clock.totalSteps());
}

void RunMonitor::refreshProgress()
{
    if (!m_started) {
        if (!m_running)
            m_step->setText(tr("Fill in the form and press Start. The curves appear here."));
        return;
    }
    m_progress->setValue(static_cast<int>(m_clock.step()));
    m_step->setText(tr("Step %1 of %2").arg(m_clock.step()).arg(m_clock.totalSteps()));
    m_elapsed->setText(tr("%1 elapsed").arg(durationText(m_clock.elapsedSeconds())));
    const auto left = m_clock.secondsLeft();
    m_left->setText(!left ? QString() : tr("about %1 left").arg(durationText(*left)));
}

void RunMonitor::refreshTiles()
{
    const auto step = m_metrics->lastStep();
    const auto smoothed = m_metrics->lastSmoothed();
    const auto eval = m_metrics->lastEval();
    const auto best = m_metrics->best();
    if (step) {
        m_training->set(lossText(smoothed.value_or(step->loss)), tr("smoothed · raw %1").arg(lossText(step->loss)));
        m_speed->set(countText(std::llround(step->tokensPerSecond)), tr("tokens per second"));
        m_rate->set(rateText(step->learningRate), tr("this step"));
        m_norm->set(lossText(step->gradNorm), tr("before clipping"));
    } else {
        for (MetricTile* tile : {m_training, m_speed, m_rate, m_norm})
            tile->clear();
    }
    if (!eval)
        m_validation->clear();
    else if (best && eval->step == best->step)
        m_validation->set(lossText(eval->loss), tr("newest is the best"), MetricTile::Tone::good);
    else
        m_validation->set(lossText(eval->loss),
            best ? tr("+%1 above best").arg(lossText(eval->loss - best->loss)) : QString(), MetricTile::Tone::quiet);
    if (best)
        m_best->set(
            lossText(best->loss), tr("step %1 · perplexity %2").arg(best->step).arg(best->perplexity, 0, 'f', 1));
    else
        m_best->clear();
}

} // namespace falconer::ui
