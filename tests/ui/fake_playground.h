// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/playground.h"

#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace falconer::test {

/// What a scripted playground and its test share: the test pushes events, the playground hands them out and notes what
/// it was asked.
struct PlaygroundScript {
    std::deque<std::vector<PlaygroundEvent>> batches; ///< one for each drain()
    std::vector<PlaygroundQuestion> questions;
    int stops = 0;
    int unloads = 0;
    int alive = 0;
    bool endOnStop = true; ///< stop() brings PlaygroundDone{stopped}

    void push(PlaygroundEvent event) { batches.push_back({std::move(event)}); }
    void push(std::vector<PlaygroundEvent> events) { batches.push_back(std::move(events)); }
    /// A whole answer of a side.
    void answer(PlaygroundSide side, const std::string& text)
    {
        PlaygroundAnswer answer;
        answer.side = side;
        answer.finish = Finish::stopToken;
        answer.promptTokens = 12;
        answer.newTokens = 5;
        answer.firstTokenSeconds = 0.4;
        answer.tokensPerSecond = 12.5;
        push({PlaygroundText{side, text}, answer});
    }
};

class FakePlayground : public Playground {
public:
    explicit FakePlayground(std::shared_ptr<PlaygroundScript> script)
        : m_script(std::move(script))
    {
        ++m_script->alive;
    }
    ~FakePlayground() override { --m_script->alive; }

    void ask(PlaygroundQuestion question) override { m_script->questions.push_back(std::move(question)); }
    void stop() override
    {
        ++m_script->stops;
        if (m_script->endOnStop)
            m_script->push(PlaygroundDone{{}, true});
    }
    void unload() override { ++m_script->unloads; }
    std::vector<PlaygroundEvent> drain() override
    {
        if (m_script->batches.empty())
            return {};
        std::vector<PlaygroundEvent> events = std::move(m_script->batches.front());
        m_script->batches.pop_front();
        return events;
    }

private:
    std::shared_ptr<PlaygroundScript> m_script;
};

} // namespace falconer::test
