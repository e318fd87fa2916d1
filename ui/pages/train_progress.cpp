// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/train_progress.h"

#include "ui/models/metrics_model.h"
#include "ui/session/run_controller.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

/// The next multiple of `every` after `step`, or the end.
std::int64_t following(std::int64_t step, std::int64_t every, std::int64_t end)
{
    return std::min(end, (step / every + 1) * every);
}

} // namespace

TrainProgress::TrainProgress(RunController& run, QWidget* parent)
    : QWidget(parent)
    , m_run(run)
    , m_bar(new QProgressBar(this))
    , m_step(new QLabel(this))
    , m_epochText(makeCaption({}, this))
    , m_elapsed(makeCaption({}, this))
    , m_left(new QLabel(this))
    , m_next(new ElidedLabel(Qt::ElideRight, this))
{
    const int u = unit(this);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(u + u / 2);
    m_bar->setRange(0, 1);
    m_bar->setValue(0);
    m_bar->setAccessibleName(tr("Progress"));
    m_step->setFont(scaledFont(kCaptionSize, true));
    m_left->setFont(scaledFont(kCaptionSize));
    auto* facts = new QHBoxLayout;
    facts->setSpacing(4 * u);
    for (QLabel* label : {m_step, m_epochText, m_elapsed, m_left})
        facts->addWidget(label);
    m_next->setFont(scaledFont(kCaptionSize));
    m_next->setProperty("quiet", true);
    m_next->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_next->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    facts->addWidget(m_next, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(u + u / 2);
    layout->addWidget(m_bar);
    layout->addLayout(facts);

    connect(&run, &RunController::began, this, &TrainProgress::begin);
    connect(&run.bridge(), &SessionBridge::phaseChanged, this, &TrainProgress::showPhase);
    connect(&run.bridge(), &SessionBridge::runStarted, this, [this](const RunStarted& started) {
        m_clock.start(started.firstStep, started.totalSteps);
        if (const auto last = m_run.metrics()->lastStep())
            m_epoch = last->epoch;
        m_bar->setRange(0, static_cast<int>(started.totalSteps));
        refresh();
    });
    connect(&run.bridge(), &SessionBridge::stepsDone, this, [this](const std::vector<StepMetrics>& steps) {
        m_clock.stepDone(steps.back().step);
        m_epoch = steps.back().epoch;
    });
    connect(&run, &RunController::stateChanged, this, [this] { m_clock.setPaused(m_run.isPaused()); });
    connect(&run, &RunController::ended, this, [this] {
        m_clock.stop();
        if (m_bar->maximum() == 0)
            m_bar->setRange(0, 1); // no busy bar for a run that is over
        refresh();
    });
    if (!run.isIdle())
        begin();
    if (run.started()) {
        m_clock.start(run.started()->firstStep, run.started()->totalSteps);
        m_bar->setRange(0, static_cast<int>(run.started()->totalSteps));
    }
    refresh();
}

void TrainProgress::begin()
{
    m_clock = {};
    m_epoch = 0;
    showPhase({});
}

void TrainProgress::showPhase(const PhaseProgress& progress)
{
    // An evaluation has phases as well; the steps are the better measure by then.
    if (m_run.started())
        return;
    const bool known = progress.total > 0;
    m_bar->setRange(0, known ? static_cast<int>(progress.total) : 0);
    m_bar->setValue(known ? static_cast<int>(progress.done) : 0);
    m_step->setText(progress.phase.empty() ? stateLabel(SessionState::preparing) : phaseText(progress));
    for (QLabel* label : {m_epochText, m_elapsed, m_left})
        label->clear();
    m_next->setFullText({});
}

void TrainProgress::refresh()
{
    const std::optional<RunStarted>& started = m_run.started();
    if (!started)
        return;
    const std::int64_t step = m_clock.step();
    m_bar->setValue(static_cast<int>(step));
    m_step->setText(tr("Step %1 of %2").arg(step).arg(started->totalSteps));
    m_epochText->setText(tr("epoch %1").arg(m_epoch, 0, 'f', 2));
    m_elapsed->setText(tr("%1 elapsed").arg(durationText(m_clock.elapsedSeconds())));
    const auto left = m_clock.secondsLeft();
    m_left->setText(!left || !m_run.isRunning() ? QString() : tr("about %1 left").arg(durationText(*left)));
    QStringList next;
    if (m_run.isRunning() && step < started->totalSteps) {
        if (started->evalEvery > 0)
            next << tr("next evaluation at step %1").arg(following(step, started->evalEvery, started->totalSteps));
        if (started->saveEvery > 0)
            next << tr("next checkpoint at step %1").arg(following(step, started->saveEvery, started->totalSteps));
    }
    m_next->setFullText(next.join(QStringLiteral("   ")));
}

} // namespace falconer::ui
