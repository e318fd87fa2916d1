// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/queue_runner.h"

#include "core/run/append_file.h"
#include "ui/models/metrics_model.h"
#include "ui/session/queue_store.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"

#include <QSettings>
#include <QTimer>
#include <QtConcurrent>

#include <algorithm>
#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

using State = QueueItem::State;

constexpr auto kHomeKey = "queue/home";

bool isThere(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

/// As core's queue names what became of a run.
std::string coreName(State state)
{
    switch (state) {
    case State::waiting: return "waiting";
    case State::running: return "running";
    case State::finished: return "finished";
    case State::stopped: return "stopped";
    case State::failed: return "failed";
    case State::interrupted: return "interrupted";
    }
    return "waiting";
}

State stateOf(const RunEnded& end, bool interrupted)
{
    if (end.state == SessionState::failed)
        return State::failed;
    if (interrupted)
        return State::interrupted;
    return end.state == SessionState::stopped ? State::stopped : State::finished;
}

} // namespace

QueueRunner::QueueRunner(Workspace& workspace)
    : QObject(&workspace)
    , m_workspace(workspace)
    , m_model(new QueueModel(this))
{
    m_writer.setMaxThreadCount(1);
    connect(&m_check, &QFutureWatcherBase::finished, this, &QueueRunner::takeCheck);
    connect(&m_file, &QFutureWatcherBase::finished, this, &QueueRunner::takeFile);
    connect(&workspace.run(), &RunController::ended, this, &QueueRunner::takeEnd);
    connect(&workspace.run(), &RunController::stateChanged, this, &QueueRunner::watchPause);
    connect(&workspace.run().bridge(), &SessionBridge::stopping, this, [this] { m_asked = true; });
    m_patience.setSingleShot(true);
    m_patience.setInterval(kDiskPatience);
    connect(&m_patience, &QTimer::timeout, this, &QueueRunner::skipThis);
}

QueueRunner::~QueueRunner()
{
    m_cancel->raise();
    m_check.disconnect(this);
    m_file.disconnect(this);
    m_check.waitForFinished();
    m_file.waitForFinished();
    m_writer.waitForDone();
}

QueueModel* QueueRunner::model()
{
    load();
    return m_model;
}

const fs::path& QueueRunner::home()
{
    load();
    return m_home;
}

int QueueRunner::waiting()
{
    load();
    const auto& items = m_model->items();
    return static_cast<int>(std::count_if(items.begin(), items.end(), [](const QueueItem& i) { return i.isOpen(); }));
}

void QueueRunner::load()
{
    if (std::exchange(m_loaded, true))
        return;
    // A list that waits stays where it began when the runs folder is changed.
    const QString kept = QSettings().value(QLatin1String(kHomeKey)).toString();
    m_home = kept.isEmpty() ? m_workspace.runsFolder() / "queue" : fs::path(kept.toStdString());
    if (!isThere(m_home / "list.json"))
        m_home = m_workspace.runsFolder() / "queue";
    StoredQueue stored = loadQueue(m_home);
    m_state = std::move(stored.state);
    m_model->setItems(std::move(stored.items));
    if (!stored.problem.isEmpty())
        // Whoever asked for the model connects to this next.
        QTimer::singleShot(0, this, [this, problem = stored.problem] { Q_EMIT storeFailed(problem); });
}

void QueueRunner::check() { look(false); }

void QueueRunner::start() { look(true); }

void QueueRunner::look(bool thenRun)
{
    load();
    if (m_phase == Phase::lastRun && thenRun) {
        setPhase(Phase::running);
        return;
    }
    if (m_phase != Phase::idle || waiting() == 0)
        return;
    m_runAfterCheck = thenRun;
    setPhase(Phase::checking);
    m_cancel = std::make_shared<CancelFlag>();
    const auto state = thenRun ? std::optional<QueueState>(m_state) : std::nullopt;
    m_check.setFuture(
        QtConcurrent::run([items = m_model->items(), home = m_home, state, look = m_workspace.services().checkQueue,
                              cancel = m_cancel, offline = m_workspace.settings().offline()] {
            QueueCheck result;
            try {
                result = checkItems(items, home, state, offline, look,
                    [&](std::string_view, long long, long long) { return !cancel->raised(); });
            } catch (const Error& error) {
                result.cancelled = error.code() == ErrorCode::cancelled;
                if (!result.cancelled)
                    result.general << describe(error.faults());
            } catch (const std::exception& error) {
                result.general << QString::fromUtf8(error.what());
            }
            return result;
        }));
}

void QueueRunner::takeCheck()
{
    QueueCheck result = m_check.result();
    if (result.cancelled) {
        setPhase(Phase::idle);
        Q_EMIT rested();
        return;
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QueueItem item = m_model->item(row);
        const auto found = result.faults.find(item.name);
        const QStringList faults = found == result.faults.end() ? QStringList() : found->second;
        if (item.faults != faults) {
            item.faults = faults;
            m_model->update(row, item);
        }
    }
    if (m_runAfterCheck && result.ok()) {
        try {
            m_claim = std::make_shared<const QueueClaim>(m_home);
            m_state = result.state;
            saveState();
        } catch (const Error& error) {
            result.general << describe(error.faults());
        }
    }
    const bool runs = m_runAfterCheck && result.ok();
    setPhase(runs ? Phase::running : Phase::idle);
    Q_EMIT checked(result.ok(), result.general.join(QLatin1Char('\n')));
    if (runs)
        startNext();
}

void QueueRunner::scheduleNext()
{
    // Not at once: whoever else hears of the end (a window that closes) comes first.
    QTimer::singleShot(0, this, &QueueRunner::startNext);
}

void QueueRunner::startNext()
{
    // A run that somebody started by hand is waited for.
    if (m_phase != Phase::running || !m_current.isEmpty() || m_workspace.run().isRunning())
        return;
    const auto& items = m_model->items();
    const auto next = std::find_if(items.begin(), items.end(), [](const QueueItem& item) { return item.isOpen(); });
    if (next == items.end()) {
        rest();
        Q_EMIT finished();
        return;
    }
    const int row = static_cast<int>(next - items.begin());
    QueueItem item = *next;
    QueuedRun run;
    try {
        run = queuedRun(item);
    } catch (const Error& error) {
        item.state = State::failed;
        item.message = describe(error.faults());
        m_model->update(row, item);
        saveState();
        scheduleNext();
        return;
    }
    QueuePlan one;
    one.output = m_home;
    one.runs.push_back(run);
    m_state.take(one);
    item.state = State::running;
    item.faults.clear();
    item.message.clear();
    m_current = item.name;
    m_asked = false;
    m_skipping = false;
    m_model->update(row, item);
    saveState();
    Q_EMIT phaseChanged();
    if (run.action == QueueAction::resume) {
        m_workspace.run().resume(item.folder);
        return;
    }
    // A kill between the making of a run's folder and its run.yaml leaves an empty folder, which would pass for a run.
    std::error_code ignored;
    if (!isThere(item.folder / "run.yaml"))
        fs::remove(item.folder / "checkpoints", ignored);
    m_workspace.run().start(run.recipe, item.folder, item.name);
}

void QueueRunner::watchPause()
{
    const RunController& run = m_workspace.run();
    if (m_current.isEmpty() || !run.isPaused()) {
        m_patience.stop();
        return;
    }
    switch (run.pauseReason()) {
    case PauseReason::asked: break; // whoever paused it is there to go on
    case PauseReason::sentinel:
        m_note = tr("It began to overfit and paused; the queue ended it, its best adapter is kept.");
        skipThis();
        break;
    case PauseReason::disk:
        if (!m_patience.isActive())
            m_patience.start();
        break;
    }
}

void QueueRunner::takeEnd(const RunEnded& end)
{
    if (m_current.isEmpty()) {
        if (m_phase == Phase::running)
            scheduleNext();
        return;
    }
    m_patience.stop();
    const QString note = std::exchange(m_note, {});
    const int row = m_model->rowOf(std::exchange(m_current, {}));
    const bool interrupted = m_asked && !m_skipping && end.exitCode == 130;
    if (row >= 0) {
        QueueItem item = m_model->item(row);
        item.state = stateOf(end, interrupted);
        item.message = end.faults.empty() ? note : describe(end.faults);
        const MetricsModel* metrics = m_workspace.run().metrics();
        if (const auto best = metrics->best()) {
            item.bestLoss = best->loss;
            item.bestStep = best->step;
        }
        if (const auto last = metrics->lastStep()) {
            item.lastLoss = last->loss;
            item.steps = last->step;
            item.seconds = last->seconds;
        }
        m_model->update(row, item);
    }
    saveState();
    saveList();
    if (interrupted || m_phase == Phase::lastRun) {
        const bool done = waiting() == 0;
        rest();
        if (done)
            Q_EMIT finished();
        else
            Q_EMIT rested();
        return;
    }
    Q_EMIT phaseChanged();
    scheduleNext();
}

void QueueRunner::cancelCheck() { m_cancel->raise(); }

void QueueRunner::stopAfterThis(bool stop)
{
    if (!isActive())
        return;
    if (stop && m_current.isEmpty()) {
        rest();
        Q_EMIT rested();
        return;
    }
    setPhase(stop ? Phase::lastRun : Phase::running);
}

void QueueRunner::skipThis()
{
    if (m_current.isEmpty())
        return;
    m_skipping = true;
    m_workspace.run().stop();
}

void QueueRunner::rest()
{
    m_claim.reset();
    setPhase(Phase::idle);
}

void QueueRunner::setPhase(Phase phase)
{
    m_phase = phase;
    Q_EMIT phaseChanged();
}

void QueueRunner::saveList()
{
    QSettings().setValue(
        QLatin1String(kHomeKey), m_model->items().empty() ? QString() : QString::fromStdString(m_home.string()));
    m_writer.start([this, text = queueText(m_model->items()), home = m_home] {
        try {
            saveQueue(home, text);
        } catch (const Error& error) {
            QMetaObject::invokeMethod(
                this, [this, message = QString::fromUtf8(error.what())] { Q_EMIT storeFailed(message); },
                Qt::QueuedConnection);
        }
    });
}

void QueueRunner::saveState()
{
    for (const QueueItem& item : m_model->items())
        if (const QueueRecord* record = m_state.find(item.name.toStdString());
            record && (record->state != coreName(item.state) || record->message != item.message.toStdString()))
            m_state.set(item.name.toStdString(), coreName(item.state), item.message.toStdString());
    m_writer.start([this, state = m_state, home = m_home] {
        try {
            makeFolders(home);
            state.save();
        } catch (const Error& error) {
            QMetaObject::invokeMethod(
                this, [this, message = QString::fromUtf8(error.what())] { Q_EMIT storeFailed(message); },
                Qt::QueuedConnection);
        }
    });
}

} // namespace falconer::ui
