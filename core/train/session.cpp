// SPDX-License-Identifier: Apache-2.0
#include "core/train/session.h"

#include "core/train/train_control.h"
#include "core/train/trainer.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace falconer {

namespace {

class ThreadedSession : public Session {
public:
    explicit ThreadedSession(TrainerInput input)
        : m_input(std::move(input))
    {
    }

    ~ThreadedSession() override
    {
        m_control.stop.raise();
        if (m_thread.joinable())
            m_thread.join();
    }

    void start() override
    {
        m_thread = std::thread([this] {
            runTraining(std::move(m_input), m_control, [this](SessionEvent event) { publish(std::move(event)); });
        });
    }

    std::vector<SessionEvent> drain() override
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }

    void waitForEvents(int milliseconds) override
    {
        std::unique_lock lock(m_mutex);
        m_arrived.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return !m_events.empty(); });
    }

    void stop() override { m_control.stop.raise(); }
    void suspend() override
    {
        m_control.suspend.raise();
        m_control.stop.raise();
    }

    void pause() override { m_control.pause.raise(); }
    void unpause() override { m_control.pause.lower(); }
    void saveNow() override { m_control.save.raise(); }

    void join() override
    {
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    void publish(SessionEvent event)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_events.push_back(std::move(event));
        }
        m_arrived.notify_all();
    }

    TrainerInput m_input;
    TrainControl m_control;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<SessionEvent> m_events;
    std::thread m_thread;
};

} // namespace

std::string_view name(SessionState state)
{
    switch (state) {
    case SessionState::preparing: return "preparing";
    case SessionState::training: return "training";
    case SessionState::evaluating: return "evaluating";
    case SessionState::saving: return "saving";
    case SessionState::paused: return "paused";
    case SessionState::finished: return "finished";
    case SessionState::stopped: return "stopped";
    case SessionState::failed: return "failed";
    }
    return "failed";
}

std::string repetitionNote(const SampleAnswer& sample)
{
    return sample.repeats ? fmt::format(" (word for word row {} of {})", sample.repeats->row, sample.repeats->file)
                          : std::string();
}

std::unique_ptr<Session> makeSession(LoadedRecipe recipe, std::filesystem::path folder)
{
    return std::make_unique<ThreadedSession>(TrainerInput{std::move(recipe), std::move(folder), false});
}

std::unique_ptr<Session> resumeSession(std::filesystem::path folder)
{
    return std::make_unique<ThreadedSession>(TrainerInput{{}, std::move(folder), true});
}

} // namespace falconer
