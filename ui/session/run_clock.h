// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace falconer::ui {

/// Elapsed time of a run and an estimate of what is left, by the wall clock, so that evaluations and saving count; but
/// not pauses.
class RunClock {
public:
    using Clock = std::chrono::steady_clock;

    void start(std::int64_t firstStep, std::int64_t totalSteps, Clock::time_point now = Clock::now());
    void stop(Clock::time_point now = Clock::now());
    /// Time stands still until it is running again.
    void setPaused(bool paused, Clock::time_point now = Clock::now());
    void stepDone(std::int64_t step, Clock::time_point now = Clock::now());

    double elapsedSeconds(Clock::time_point now = Clock::now()) const;
    /// Nothing before the first step is done.
    std::optional<double> secondsLeft(Clock::time_point now = Clock::now()) const;
    std::int64_t step() const { return m_step; }
    std::int64_t totalSteps() const { return m_totalSteps; }

private:
    /// `now`, or when it was paused.
    Clock::time_point running(Clock::time_point now) const { return m_pausedSince.value_or(now); }

    std::optional<Clock::time_point> m_start;
    std::optional<Clock::time_point> m_end;
    std::optional<Clock::time_point> m_pausedSince;
    Clock::time_point m_lastStepAt{};
    std::int64_t m_firstStep = 0;
    std::int64_t m_step = 0;
    std::int64_t m_totalSteps = 0;
};

} // namespace falconer::ui
