// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_controller.h"

#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/session/measured_speeds.h"
#include "ui/session/recipe_text.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"

#include <QDir>

namespace falconer::ui {
namespace {

/// Fewer steps say little about speed: the first ones wait for files and caches.
constexpr std::int64_t kSpeedSteps = 3;

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

void RunController::start(const LoadedRecipe& recipe, const std::filesystem::path& folder, const QString& name)
{
    if (isRunning())
        return;
    m_folder.clear();
    begin(name.isEmpty() ? QString::fromStdString(runName(recipe.recipe)) : name, recipe.recipe,
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
    m_folder = folder;
    begin(QString::fromStdString(folder.filename().string()), recipe,
        [this, &folder] { return m_services.resumeSession(folder); });
}

void RunController::begin(QString name, const Recipe& recipe, const SessionFactory& makeSession)
{
    m_name = std::move(name);
    m_recipe = recipe;
    m_started.reset();
    m_pauseAsked = false;
    m_verdict.reset();
    m_marks.clear();
    m_end.reset();
    m_metrics->clear();
    m_log->clear();
    m_state = SessionState::preparing;
    m_bridge.start([&]() -> std::unique_ptr<Session> {
        if (const auto fault = m_guard ? m_guard(m_recipe) : std::nullopt)
            throw Error({*fault});
        return makeSession();
    });
}

bool RunController::isResumable() const
{
    return !isRunning() && m_end && m_end->state != SessionState::finished && !m_folder.empty()
        && !m_metrics->curves().checkpoints.empty();
}

void RunController::setPaused(bool paused)
{
    if (!isRunning())
        return;
    m_pauseAsked = paused;
    m_bridge.setPaused(paused);
    Q_EMIT stateChanged();
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
        if (run.start)
            m_metrics->append(*run.start, false);
        m_metrics->load(run.history);
        m_started->history = {}; // the model has it now
        if (run.firstStep > 0)
            m_metrics->addCheckpoint(run.firstStep);
        for (const SentinelVerdict& verdict : run.verdicts)
            mark(verdict);
        if (!run.verdicts.empty())
            Q_EMIT verdictChanged();
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
        if (const auto last = m_metrics->lastStep(); m_started && last && last->step >= kSpeedSteps)
            rememberSpeed(m_recipe, m_started->device, static_cast<double>(last->tokens) / last->seconds);
        for (const Fault& fault : end.faults)
            m_log->append(LogModel::Level::error, describe(fault));
        if (m_metrics->curves().checkpoints.empty())
            findCheckpoints();
        Q_EMIT stateChanged();
        Q_EMIT ended(end);
    });
}

void RunController::findCheckpoints()
{
    // A resumed run that failed before it began has told of none, and they are what it goes on from.
    if (m_folder.empty())
        return;
    try {
        for (const std::int64_t step : RunFolder::open(m_folder).checkpointSteps())
            m_metrics->addCheckpoint(step);
    } catch (const Error&) {
        // There is no run: it failed before it had a folder.
    }
}

void RunController::mark(const SentinelVerdict& verdict)
{
    m_verdict = verdict;
    if (verdict.evidence.lastStep)
        m_marks.push_back({*verdict.evidence.lastStep, verdict.state});
}

} // namespace falconer::ui
