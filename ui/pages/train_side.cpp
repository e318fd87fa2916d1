// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/train_side.h"

#include "ui/charts/small_chart.h"
#include "ui/session/run_controller.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"

#include <QTabWidget>
#include <QVBoxLayout>

#include <cmath>

namespace falconer::ui {
namespace {

double inGibibytes(std::int64_t bytes) { return double(bytes) / double(1LL << 30); }

} // namespace

TrainSide::TrainSide(RunController& run, QWidget* column, QTabWidget* tabs)
    : QObject(column)
    , m_run(run)
    , m_column(column)
    , m_layout(new QVBoxLayout(column))
    , m_tabs(tabs)
    , m_titles{tr("Learning rate"), tr("Gradient norm"), tr("Tokens per second"), tr("Memory, GiB")}
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(3 * unit(column));
    for (std::size_t i = 0; i < kinds; ++i) {
        m_charts[i] = new SmallChart(m_titles[i], column);
        m_layout->addWidget(m_charts[i]);
    }
    m_charts[rate]->setFormat(rateText);
    for (const Kind kind : {norm, memoryUse})
        m_charts[kind]->setFormat([](double value) { return QString::number(value, 'g', 3); });
    m_charts[speed]->setFormat([](double value) { return countText(std::llround(value)); });
    connect(&run, &RunController::began, this, &TrainSide::begin);
    const auto add = [this](const StepMetrics& step) {
        const double x = double(step.step);
        m_points[rate].emplace_back(x, step.learningRate);
        m_points[norm].emplace_back(x, step.gradNorm);
        m_points[speed].emplace_back(x, step.tokensPerSecond);
    };
    connect(&run.bridge(), &SessionBridge::runStarted, this, [this, add](const RunStarted& started) {
        for (const StepMetrics& step : started.history.steps)
            add(step);
        for (SmallChart* chart : m_charts)
            chart->setTotalSteps(started.totalSteps);
        const double clip = m_run.recipe().training.maxGradNorm;
        m_charts[norm]->setReference(clip > 0 ? std::optional(clip) : std::nullopt, tr("clip"));
        m_charts[memoryUse]->setReference(
            started.plannedPeak > 0 ? std::optional(inGibibytes(started.plannedPeak)) : std::nullopt, tr("planned"));
    });
    connect(&run.bridge(), &SessionBridge::stepsDone, this, [add](const std::vector<StepMetrics>& steps) {
        for (const StepMetrics& step : steps)
            add(step);
    });
}

void TrainSide::begin()
{
    for (std::size_t i = 0; i < kinds; ++i) {
        m_points[i].clear();
        m_charts[i]->clear();
    }
}

void TrainSide::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    for (std::size_t i = 0; i < kinds; ++i) {
        if (narrow) {
            // Behind the samples, before the log.
            m_tabs->insertTab(static_cast<int>(i) + 1, m_charts[i], m_titles[i]);
        } else {
            m_tabs->removeTab(m_tabs->indexOf(m_charts[i]));
            m_layout->addWidget(m_charts[i]);
            m_charts[i]->show();
        }
    }
    m_column->setVisible(!narrow);
}

void TrainSide::refresh(std::int64_t memory)
{
    if (memory > 0 && !m_points[rate].empty()) {
        const double step = m_points[rate].back().x();
        if (m_points[memoryUse].empty() || m_points[memoryUse].back().x() < step)
            m_points[memoryUse].emplace_back(step, inGibibytes(memory));
    }
    for (std::size_t i = 0; i < kinds; ++i)
        m_charts[i]->setPoints(m_points[i]);
    const std::int64_t planned = m_run.started() ? m_run.started()->plannedPeak : 0;
    if (memory > 0 && planned > 0 && !m_points[memoryUse].empty())
        m_charts[memoryUse]->setNewest(tr("%1 · planned %2").arg(gibNumber(memory, 1), gibNumber(planned, 1)));
}

} // namespace falconer::ui
