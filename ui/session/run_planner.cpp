// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_planner.h"

#include "ui/session/latest_task.h"
#include "ui/session/recipe_draft.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"

namespace falconer::ui {
namespace {

/// A moment without typing; the plan itself takes milliseconds once the rows are known.
constexpr int kPauseMilliseconds = 150;

QString problemText(const std::vector<Fault>& faults)
{
    if (faults.empty())
        return {};
    Fault first = faults.front();
    if (first.code != ErrorCode::recipeInvalid)
        return describe(first);
    const QString label = fieldLabel(first.subject);
    first.subject.clear();
    return RunPlanner::tr("%1: %2").arg(label, describe(first));
}

} // namespace

struct RunPlanner::Tasks {
    LatestTask<ModelSpec> describe;
    LatestTask<RunForecast> plan;
    LatestTask<std::vector<WeightError>> errors;
};

RunPlanner::RunPlanner(const RecipeDraft& draft, const Services& services, QObject* parent)
    : QObject(parent)
    , m_draft(draft)
    , m_services(services)
{
    m_tasks.reset(new Tasks{LatestTask<ModelSpec>([this](auto outcome) {
                                m_model = std::move(outcome.result);
                                m_modelProblem = problemText(outcome.faults);
                                Q_EMIT modelChanged();
                            }),
        LatestTask<RunForecast>([this](auto outcome) {
            m_forecast = std::move(outcome.result);
            m_problem = problemText(outcome.faults);
            if (m_forecast)
                measureErrors();
            Q_EMIT forecastChanged();
            Q_EMIT measuringChanged();
        }),
        LatestTask<std::vector<WeightError>>([this](auto outcome) {
            // Without them the plan stands all the same.
            m_errors = outcome.result.value_or(std::vector<WeightError>());
            if (!outcome.result)
                m_errorsOf.clear();
            Q_EMIT forecastChanged();
        })});
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &RunPlanner::plan);
    connect(&draft, &RecipeDraft::changed, this, &RunPlanner::follow);
    refresh();
}

RunPlanner::~RunPlanner() = default;

bool RunPlanner::isMeasuring() const { return m_pause.isActive() || m_tasks->plan.isBusy(); }

void RunPlanner::refresh()
{
    m_modelName.clear();
    follow();
}

void RunPlanner::follow()
{
    const bool measured = isMeasuring();
    if (const std::string name = m_draft.resolved().recipe.model; name != m_modelName) {
        m_modelName = name;
        describeModel();
    }
    m_tasks->plan.cancel();
    m_pause.stop();
    if (!m_modelName.empty() && m_services.planRun) {
        m_pause.start();
    } else if (m_forecast || !m_problem.isEmpty()) {
        m_forecast.reset();
        m_problem.clear();
        Q_EMIT forecastChanged();
    }
    if (measured != isMeasuring())
        Q_EMIT measuringChanged();
}

void RunPlanner::describeModel()
{
    m_tasks->describe.cancel();
    if (!m_modelName.empty() && m_services.describeModel) {
        m_tasks->describe.start(
            [describe = m_services.describeModel, name = m_modelName](const Progress&) { return describe(name); });
        return;
    }
    m_model.reset();
    m_modelProblem.clear();
    Q_EMIT modelChanged();
}

void RunPlanner::plan()
{
    m_tasks->plan.start([planRun = m_services.planRun, recipe = m_draft.resolved()](
                            const Progress& progress) { return planRun(recipe, progress); });
}

void RunPlanner::measureErrors()
{
    const Recipe recipe = m_draft.resolved().recipe;
    const std::string of = recipe.model + (recipe.quantization.doubleQuant ? "\n2" : "\n1");
    if (of == m_errorsOf || !m_services.weightErrors)
        return;
    // Another model's are not this one's; a measurement that fails is tried again with the next plan.
    m_errorsOf = of;
    m_errors.clear();
    m_tasks->errors.start([measure = m_services.weightErrors, recipe](const Progress&) { return measure(recipe); });
}

} // namespace falconer::ui
