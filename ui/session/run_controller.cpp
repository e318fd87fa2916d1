// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_controller.h"

#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/session/recipe_text.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"

#include <QDir>

namespace falconer::ui {
namespace {

QString native(const std::filesystem::path& path)
{
    return QDir::toNativeSeparators(QString::fromStdString(path.string()));
}

} // namespace

RunController::RunController(const Services& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_metrics(new MetricsModel(this))
    , m_log(new LogModel(this))
{
    connectBridge();
}

void RunController::start(const LoadedRecipe& recipe, const std::filesystem::path& folder)
{
    if (isRunning())
        return;
    begin(QString::fromStdString(runName(recipe.recipe)), recipe.recipe,
        [this, &recipe, &folder] { return m_services.makeSession(recipe, folder); });
}

void RunController::resume(std::filesystem::path folder)
{
    if (isRunning())
        return;
    Recipe recipe;
    try {
        recipe = loadRecipe(folder / "run.yaml").recipe;
    } catch (const Error&) {
        // The session reads it as well and says what is wrong.
    }
    begin(QString::fromStdString(folder.filename().string()), recipe,
        [this, &folder] { return m_services.resumeSession(folder); });
}

void RunController::begin(QString name, const Recipe& recipe, const SessionFactory& makeSession)
{
    m_name = std::move(name);
    m_recipe = recipe;
    m_folder.clear();
    m_started.reset();
    m_verdict.reset();
    m_marks.clear();
    m_end.reset();
    m_metrics->clear();
    m_log->clear();
    m_state = SessionState::preparing;
    m_bridge.start(makeSession);
}

void RunController::connectBridge()
{
    connect(&m_bridge, &SessionBridge::started, this, [this] {
        Q_EMIT began();
        Q_EMIT stateChanged();
    });
    connect(&m_bridge, &SessionBridge::stopping, this, &RunController::stateChanged);
    connect(&m_bridge, &SessionBridge::stateChanged, this, [this](SessionState state) {
        m_state = state;
        Q_EMIT stateChanged();
    });
    connect(&m_bridge, &SessionBridge::runStarted, this, [this](const RunStarted& run) {
        m_started = run;
        m_folder = run.folder;
        m_metrics->load(run.history);
        recall(run.history);
        m_log->append(LogModel::Level::info,
            tr("%1 training rows, %2 validation rows, %3 of %4 parameters trainable, on %5")
                .arg(countText(run.trainRows), countText(run.validationRows), countText(run.trainableParameters),
                    countText(run.totalParameters), QString::fromStdString(run.device)));
        m_log->append(LogModel::Level::info, tr("Run folder: %1").arg(native(run.folder)));
    });
    connect(&m_bridge, &SessionBridge::stepsDone, m_metrics,
        [this](const std::vector<StepMetrics>& steps) { m_metrics->append(steps); });
    connect(&m_bridge, &SessionBridge::evalDone, this, [this](const EvalDone& eval) {
        m_metrics->append(eval.metrics, eval.best);
        m_log->append(LogModel::Level::info,
            tr("Step %1: validation loss %2, perplexity %3")
                .arg(eval.metrics.step)
                .arg(lossText(eval.metrics.loss))
                .arg(eval.metrics.perplexity, 0, 'f', 2));
    });
    connect(&m_bridge, &SessionBridge::checkpointSaved, this, [this](const CheckpointSaved& checkpoint) {
        m_metrics->addCheckpoint(checkpoint.step);
        m_log->append(LogModel::Level::info, tr("Checkpoint of step %1 saved").arg(checkpoint.step));
    });
    connect(&m_bridge, &SessionBridge::sentinelReported, this, [this](const SentinelReport& report) {
        mark(report.verdict);
        Q_EMIT verdictChanged();
    });
    connect(&m_bridge, &SessionBridge::sampleAnswered, this, [this](const SampleAnswer& sample) {
        m_log->append(LogModel::Level::info,
            tr("Step %1: %2 → %3")
                .arg(QString::number(sample.step), QString::fromStdString(sample.prompt),
                    QString::fromStdString(sample.answer)));
    });
    connect(&m_bridge, &SessionBridge::logLine, this, [this](const LogLine& line) {
        m_log->append(
            line.warning ? LogModel::Level::warning : LogModel::Level::info, QString::fromStdString(line.text));
    });
    connect(&m_bridge, &SessionBridge::ended, this, [this](const RunEnded& end) {
        m_state = end.state;
        m_end = end;
        if (end.sentinel)
            m_verdict = end.sentinel;
        for (const Fault& fault : end.faults)
            m_log->append(LogModel::Level::error, describe(fault));
        Q_EMIT stateChanged();
        Q_EMIT ended(end);
    });
}

void RunController::recall(const MetricsHistory& history)
{
    if (!m_recipe.sentinel.enabled || history.evals.empty())
        return;
    Sentinel sentinel(m_recipe.sentinel);
    auto step = history.steps.begin();
    for (const EvalMetrics& eval : history.evals) {
        for (; step != history.steps.end() && step->step <= eval.step; ++step)
            sentinel.add(*step);
        sentinel.add(eval);
        mark(sentinel.verdict());
    }
    Q_EMIT verdictChanged();
}

void RunController::mark(const SentinelVerdict& verdict)
{
    m_verdict = verdict;
    if (verdict.evidence.lastStep)
        m_marks.push_back({*verdict.evidence.lastStep, verdict.state});
}

} // namespace falconer::ui
