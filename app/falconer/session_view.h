// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/falconer/progress_view.h"
#include "core/train/session.h"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace falconer::cli {

class Console;

/// A training session as the command line shows it: progress and evaluations on standard error while it runs, the
/// outcome on standard output when it is over.
class SessionView {
public:
    explicit SessionView(Console& console);

    void show(const SessionEvent& event);
    /// Redraws the progress when it is time; call it every now and then.
    void refresh();

    /// The run saved its state and waits for somebody to say what next.
    bool paused() const { return m_state == SessionState::paused && !m_forDisk; }
    /// The run is done and waits for room on the disk.
    bool waitsForDisk() const { return m_state == SessionState::paused && m_forDisk; }
    /// Set by the last event.
    const std::optional<RunEnded>& end() const { return m_end; }

    /// After the end: the outcome as text, or with --json as one object.
    void conclude();

private:
    void on(const StateChanged& event);
    void on(const PhaseProgress& event);
    void on(const RunStarted& event);
    void on(const StepDone& event);
    void on(const EvalDone& event);
    void on(const SentinelReport& event);
    void on(const CheckpointSaved& event);
    void on(const SampleAnswer& event);
    void on(const LogLine& event);
    void on(const RunEnded& event);

    std::string progressLine() const;
    std::optional<double> secondsLeft() const;
    nlohmann::ordered_json summary() const;

    Console& m_console;
    Throttle m_throttle;
    bool m_forDisk = false;
    SessionState m_state = SessionState::preparing;
    PhaseProgress m_phase;
    std::optional<RunStarted> m_run;
    std::chrono::steady_clock::time_point m_started; ///< when m_run came
    std::optional<StepMetrics> m_step;
    std::optional<EvalMetrics> m_eval;
    std::optional<RunEnded> m_end;
};

} // namespace falconer::cli
