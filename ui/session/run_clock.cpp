// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_clock.h"

#include <algorithm>

namespace falconer::ui {
namespace {

double seconds(RunClock::Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

} // namespace

void RunClock::start(std::int64_t firstStep, std::int64_t totalSteps, Clock::time_point now)
{
    m_start = now;
    m_end.reset();
    m_pausedSince.reset();
    m_lastStepAt = now;
    m_firstStep = m_step = firstStep;
    m_totalSteps = totalSteps;
}

void RunClock::stop(Clock::time_point now)
{
    if (!m_end)
        m_end = running(now);
}

void RunClock::setPaused(bool paused, Clock::time_point now)
{
    if (!m_start || m_end || paused == m_pausedSince.has_value())
        return;
    if (paused) {
        m_pausedSince = now;
        return;
    }
    // As if it had all begun so much later.
    const Clock::duration pause = now - *m_pausedSince;
    *m_start += pause;
    m_lastStepAt += pause;
    m_pausedSince.reset();
}

void RunClock::stepDone(std::int64_t step, Clock::time_point now)
{
    m_step = step;
    m_lastStepAt = now;
}

double RunClock::elapsedSeconds(Clock::time_point now) const
{
    return m_start ? seconds(m_end.value_or(running(now)) - *m_start) : 0;
}

std::optional<double> RunClock::secondsLeft(Clock::time_point now) const
{
    if (!m_start || m_end || m_step <= m_firstStep)
        return {};
    const double perStep = seconds(m_lastStepAt - *m_start) / double(m_step - m_firstStep);
    // Between two steps the estimate counts down rather than standing still.
    const double sinceStep = std::min(seconds(running(now) - m_lastStepAt), perStep);
    return std::max(0.0, perStep * double(m_totalSteps - m_step) - sinceStep);
}

} // namespace falconer::ui
