// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/session.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace falconer::ui {

/// Makes a session, new or resumed.
using SessionFactory = std::function<std::unique_ptr<Session>()>;

/// Between core's training thread and the window. Owns the session, drains its events on a timer in the UI thread and
/// passes them on as values, in their order. Nothing here waits for the training thread: stop() only asks, and the
/// thread is joined once RunEnded, its last event, has come out.
class SessionBridge : public QObject {
    Q_OBJECT

public:
    explicit SessionBridge(QObject* parent = nullptr);
    /// Stops and joins a session that still runs. This may wait for a micro-batch; a window that closes in good order
    /// has waited for ended() before.
    ~SessionBridge() override;

    bool isRunning() const { return m_session != nullptr; }
    bool isStopping() const { return m_stopping; }
    /// Why a paused run is.
    PauseReason pauseReason() const { return m_pauseReason; }
    /// Starts a run. Does nothing while one is going on. A session that cannot be made ends at once, with its faults.
    void start(const SessionFactory& makeSession);
    /// Asks the run to end after the micro-batch at hand; ended() follows.
    void stop();
    /// The same without handing an adapter over (Session::suspend()).
    void suspend();
    /// Asks the run to save and wait, or to go on; stateChanged() follows.
    void setPaused(bool paused);
    /// Asks for a checkpoint after the micro-batch at hand; checkpointSaved() follows.
    void saveNow();

Q_SIGNALS:
    void started();
    void stopping();
    void stateChanged(falconer::SessionState state);
    void phaseChanged(const falconer::PhaseProgress& progress);
    void runStarted(const falconer::RunStarted& run);
    /// Consecutive steps come together, so that a fast run costs one update a tick.
    void stepsDone(const std::vector<falconer::StepMetrics>& steps);
    void evalDone(const falconer::EvalDone& eval);
    void checkpointSaved(const falconer::CheckpointSaved& checkpoint);
    void sentinelReported(const falconer::SentinelReport& report);
    void sampleAnswered(const falconer::SampleAnswer& sample);
    void logLine(const falconer::LogLine& line);
    /// After each drain, also an empty one: views redraw here, once.
    void ticked();
    void ended(const falconer::RunEnded& end);

private:
    void drain();
    void finish(const RunEnded& end);

    std::unique_ptr<Session> m_session;
    QTimer m_timer;
    bool m_stopping = false;
    PauseReason m_pauseReason = PauseReason::asked;
};

} // namespace falconer::ui
