// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/train_tiles.h"

#include "ui/models/metrics_model.h"
#include "ui/session/run_controller.h"
#include "ui/text/numbers.h"

#include <cmath>

namespace falconer::ui {

TrainTiles::TrainTiles(RunController& run, QWidget* parent)
    : TileRow(parent)
    , m_run(run)
{
    const auto tile = [this](const QString& caption, const char* name, bool essential = true) {
        auto* made = new MetricTile(caption, this);
        made->setObjectName(QString::fromLatin1(name));
        add(made, essential);
        return made;
    };
    m_training = tile(tr("Training loss"), "trainingTile");
    m_training->setKey(KeyIcon::Mark::line, Token::training);
    m_validation = tile(tr("Validation loss"), "validationTile");
    m_validation->setKey(KeyIcon::Mark::circles, Token::validation);
    m_best = tile(tr("Best"), "bestTile");
    m_best->setKey(KeyIcon::Mark::diamond, Token::best);
    m_gap = tile(tr("Gap"), "gapTile", false);
    m_speed = tile(tr("Speed"), "speedTile");
    m_norm = tile(tr("Gradient norm"), "normTile", false);
    m_rate = tile(tr("Learning rate"), "rateTile", false);
    m_memory = tile(tr("Memory"), "memoryTile");
    refresh(0);
}

void TrainTiles::refresh(std::int64_t memory)
{
    showTraining();
    showValidation();
    if (memory <= 0 || m_run.isIdle()) {
        m_memory->clear();
        return;
    }
    const std::int64_t planned = m_run.started() ? m_run.started()->plannedPeak : 0;
    m_memory->set(gibText(memory, 1),
        planned > 0 ? tr("planned peak %1").arg(gibNumber(planned, 1)) : tr("held by this program"));
}

void TrainTiles::showTraining()
{
    const auto step = m_run.metrics()->lastStep();
    if (!step) {
        for (MetricTile* each : {m_training, m_speed, m_norm, m_rate})
            each->clear();
        return;
    }
    const auto smoothed = m_run.metrics()->lastSmoothed();
    m_training->set(lossText(smoothed.value_or(step->loss)), tr("smoothed · raw %1").arg(lossText(step->loss)));
    m_speed->set(countText(std::llround(step->tokensPerSecond)), tr("tokens per second"));
    const double clip = m_run.recipe().training.maxGradNorm;
    m_norm->set(lossText(step->gradNorm), clip > 0 ? tr("clipped at %1").arg(recipeNumber(clip)) : tr("not clipped"));
    m_rate->set(rateText(step->learningRate), QString::fromStdString(m_run.recipe().training.scheduler));
}

void TrainTiles::showValidation()
{
    const auto eval = m_run.metrics()->lastEval();
    const auto best = m_run.metrics()->best();
    const auto smoothed = m_run.metrics()->lastSmoothed();
    if (!eval)
        m_validation->clear();
    else if (!best)
        m_validation->set(lossText(eval->loss), tr("before training"));
    else if (eval->step == best->step)
        m_validation->set(lossText(eval->loss), tr("newest is the best"), MetricTile::Tone::good);
    else
        m_validation->set(lossText(eval->loss), tr("+%1 above best").arg(lossText(eval->loss - best->loss)),
            m_run.verdict() && m_run.verdict()->state == SentinelState::overfitting ? MetricTile::Tone::bad
                                                                                    : MetricTile::Tone::quiet);
    if (best)
        m_best->set(
            lossText(best->loss), tr("step %1 · perplexity %2").arg(best->step).arg(best->perplexity, 0, 'f', 1));
    else
        m_best->clear();
    if (eval && smoothed) {
        const double gap = eval->loss - *smoothed;
        m_gap->set((gap >= 0 ? QStringLiteral("+") : QString()) + lossText(gap), tr("validation − training"));
    } else {
        m_gap->clear();
    }
}

} // namespace falconer::ui
