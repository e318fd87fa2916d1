// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe_io.h"
#include "ui/session/services.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace falconer::ui {

class LogModel;
class MetricsModel;

/// The sentinel's state after the evaluation of a step.
struct SentinelMark {
    std::int64_t step = 0;
    SentinelState state = SentinelState::fine;
};

/// The one run that trains in this window, or did last: its recipe, its numbers, its log, what it came to. Pages show
/// it and give it commands; SessionBridge carries both.
class RunController : public QObject {
    Q_OBJECT

public:
    explicit RunController(const Services& services, QObject* parent = nullptr);

    /// Asked before a run of that recipe begins: why it may not. It then ends at once with that fault.
    void setGuard(std::function<std::optional<Fault>(const Recipe&)> guard) { m_guard = std::move(guard); }

    /// Both do nothing while a run is going on. `name` is how pages call it; empty: as the recipe.
    void start(const LoadedRecipe& recipe, const std::filesystem::path& folder, const QString& name = {});
    /// Goes on from a run folder's newest checkpoint. A folder whose run.yaml cannot be read ends at once with faults.
    void resume(std::filesystem::path folder);
    void stop() { m_bridge.stop(); }
    /// Asks it to save and end as a paused run, which resume() goes on with.
    void suspend() { m_bridge.suspend(); }
    void setPaused(bool paused);
    void saveNow() { m_bridge.saveNow(); }

    bool isRunning() const { return m_bridge.isRunning(); }
    bool isPaused() const { return isRunning() && m_state == SessionState::paused; }
    /// A pause was asked for; the run gets to it after the micro-batch at hand.
    bool isPausing() const { return isRunning() && m_pauseAsked && !isPaused(); }
    /// It has ended before its last step and left something to go on from, with resume(folder()).
    bool isResumable() const;
    /// Of a paused run.
    PauseReason pauseReason() const { return m_bridge.pauseReason(); }
    SessionState state() const { return m_state; }
    /// Nothing was started yet in this window.
    bool isIdle() const { return m_name.isEmpty(); }
    const QString& name() const { return m_name; }
    const Recipe& recipe() const { return m_recipe; }
    /// Known once the session has made or opened it.
    const std::filesystem::path& folder() const { return m_folder; }
    const std::optional<RunStarted>& started() const { return m_started; }
    const std::optional<SentinelVerdict>& verdict() const { return m_verdict; }
    /// One for each evaluation so far, those that a resumed run had before included.
    const std::vector<SentinelMark>& marks() const { return m_marks; }
    /// Of the last run; nullopt while one is going on.
    const std::optional<RunEnded>& end() const { return m_end; }

    SessionBridge& bridge() { return m_bridge; }
    MetricsModel* metrics() const { return m_metrics; }
    LogModel* log() const { return m_log; }

Q_SIGNALS:
    /// A run has begun to prepare; numbers and log are empty.
    void began();
    /// state(), or whether a run is going on, has changed.
    void stateChanged();
    /// The overfitting verdict is another one.
    void verdictChanged();
    void ended(const falconer::RunEnded& end);

private:
    void begin(QString name, const Recipe& recipe, const SessionFactory& makeSession);
    void connectBridge();
    void findCheckpoints();
    void mark(const SentinelVerdict& verdict);

    const Services& m_services;
    std::function<std::optional<Fault>(const Recipe&)> m_guard;
    SessionBridge m_bridge;
    MetricsModel* m_metrics;
    LogModel* m_log;
    QString m_name;
    Recipe m_recipe;
    std::filesystem::path m_folder;
    SessionState m_state = SessionState::finished;
    bool m_pauseAsked = false;
    std::optional<RunStarted> m_started;
    std::optional<SentinelVerdict> m_verdict;
    std::vector<SentinelMark> m_marks;
    std::optional<RunEnded> m_end;
};

} // namespace falconer::ui
