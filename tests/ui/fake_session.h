// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/session.h"

#include <QElapsedTimer>

#include <atomic>
#include <cmath>
#include <deque>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace falconer::test {

/// What a scripted session and its test share: the test pushes events, the session hands them out and notes its
/// commands.
struct SessionScript {
    std::deque<std::vector<SessionEvent>> batches; ///< one for each drain()
    LoadedRecipe recipe;
    std::filesystem::path folder;
    int starts = 0;
    int stops = 0; ///< suspensions included
    int suspends = 0;
    int pauses = 0;
    int unpauses = 0;
    int joins = 0;
    int saves = 0;
    bool resumed = false;
    int alive = 0;
    bool endSeen = false; ///< RunEnded has been handed out
    bool joinedTooEarly = false;
    bool endOnStop = true; ///< stop() brings RunEnded{stopped}

    void push(SessionEvent event) { batches.push_back({std::move(event)}); }
    void push(std::vector<SessionEvent> events) { batches.push_back(std::move(events)); }
};

class FakeSession : public Session {
public:
    explicit FakeSession(std::shared_ptr<SessionScript> script)
        : m_script(std::move(script))
    {
        ++m_script->alive;
    }
    ~FakeSession() override { --m_script->alive; }

    void start() override { ++m_script->starts; }
    std::vector<SessionEvent> drain() override
    {
        if (m_script->batches.empty())
            return {};
        std::vector<SessionEvent> events = std::move(m_script->batches.front());
        m_script->batches.pop_front();
        for (const SessionEvent& event : events)
            if (std::holds_alternative<RunEnded>(event))
                m_script->endSeen = true;
        return events;
    }
    void waitForEvents(int) override { }
    void stop() override
    {
        ++m_script->stops;
        if (m_script->endOnStop)
            m_script->push(RunEnded{SessionState::stopped, {}, 130, {}, {}, {}, {}, {}});
    }
    void suspend() override
    {
        ++m_script->suspends;
        stop();
    }
    void pause() override
    {
        ++m_script->pauses;
        m_script->push(StateChanged{SessionState::paused});
    }
    void unpause() override
    {
        ++m_script->unpauses;
        m_script->push(StateChanged{SessionState::training});
    }
    void saveNow() override { ++m_script->saves; }
    void join() override
    {
        ++m_script->joins;
        m_script->joinedTooEarly |= !m_script->endSeen;
    }

private:
    std::shared_ptr<SessionScript> m_script;
};

inline StepMetrics step(std::int64_t number, double loss, std::int64_t total = 412)
{
    const double progress = double(number) / double(total);
    StepMetrics metrics;
    metrics.step = number;
    metrics.epoch = 4 * progress;
    metrics.loss = loss;
    metrics.gradNorm = 0.83;
    metrics.learningRate = 1e-4 * (1 + std::cos(3.14159265 * progress));
    metrics.tokens = 1000 * number;
    metrics.tokensPerSecond = 431;
    metrics.seconds = double(number);
    return metrics;
}

inline EvalMetrics eval(std::int64_t number, double loss) { return {number, loss, std::exp(loss), 4000}; }

} // namespace falconer::test
