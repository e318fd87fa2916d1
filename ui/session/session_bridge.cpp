// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_bridge.h"

#include <exception>
#include <utility>

namespace falconer::ui {
namespace {

constexpr int kTickMilliseconds = 100;

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

RunEnded failure(std::vector<Fault> faults, int exitCode)
{
    RunEnded end;
    end.state = SessionState::failed;
    end.faults = std::move(faults);
    end.exitCode = exitCode;
    return end;
}

} // namespace

SessionBridge::SessionBridge(QObject* parent)
    : QObject(parent)
{
    m_timer.setInterval(kTickMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &SessionBridge::drain);
}

SessionBridge::~SessionBridge()
{
    if (!m_session)
        return;
    m_session->stop();
    m_session->join();
}

void SessionBridge::start(const SessionFactory& makeSession)
{
    if (isRunning())
        return;
    m_stopping = false;
    m_pauseReason = PauseReason::asked;
    try {
        m_session = makeSession();
        m_session->start();
    } catch (const Error& error) {
        m_session.reset();
        Q_EMIT started();
        Q_EMIT ended(failure(error.faults(), error.exitCode()));
        return;
    } catch (const std::exception& error) {
        m_session.reset();
        Q_EMIT started();
        Q_EMIT ended(failure({{ErrorCode::internal, "the session", error.what(), {}}}, 1));
        return;
    }
    m_timer.start();
    Q_EMIT started();
}

void SessionBridge::stop()
{
    if (!isRunning() || m_stopping)
        return;
    m_stopping = true;
    m_session->stop();
    Q_EMIT stopping();
}

void SessionBridge::suspend()
{
    if (!isRunning() || m_stopping)
        return;
    m_stopping = true;
    m_session->suspend();
    Q_EMIT stopping();
}

void SessionBridge::setPaused(bool paused)
{
    if (!isRunning() || m_stopping)
        return;
    if (paused)
        m_session->pause();
    else
        m_session->unpause();
}

void SessionBridge::saveNow()
{
    if (isRunning() && !m_stopping)
        m_session->saveNow();
}

void SessionBridge::drain()
{
    const std::vector<SessionEvent> events = m_session->drain();
    std::vector<StepMetrics> steps;
    const auto flush = [&] {
        if (!steps.empty())
            Q_EMIT stepsDone(std::exchange(steps, {}));
    };
    for (const SessionEvent& event : events) {
        if (const auto* step = std::get_if<StepDone>(&event)) {
            steps.push_back(step->metrics);
            continue;
        }
        flush();
        if (const auto* end = std::get_if<RunEnded>(&event)) {
            Q_EMIT ticked();
            // Whoever hears of the end may start the next run at once; what this batch still holds is then late.
            finish(*end);
            return;
        }
        std::visit(Overloaded{
                       [this](const StateChanged& e) {
                           m_pauseReason = e.reason;
                           Q_EMIT stateChanged(e.state);
                       },
                       [this](const PhaseProgress& e) { Q_EMIT phaseChanged(e); },
                       [this](const RunStarted& e) { Q_EMIT runStarted(e); },
                       [this](const EvalDone& e) { Q_EMIT evalDone(e); },
                       [this](const CheckpointSaved& e) { Q_EMIT checkpointSaved(e); },
                       [this](const SentinelReport& e) { Q_EMIT sentinelReported(e); },
                       [this](const SampleAnswer& e) { Q_EMIT sampleAnswered(e); },
                       [this](const LogLine& e) { Q_EMIT logLine(e); },
                       [](const StepDone&) {},
                       [](const RunEnded&) {},
                   },
            event);
    }
    flush();
    Q_EMIT ticked();
}

void SessionBridge::finish(const RunEnded& end)
{
    m_timer.stop();
    // RunEnded is the thread's last act, so this wait is over at once.
    m_session->join();
    m_session.reset();
    m_stopping = false;
    Q_EMIT ended(end);
}

} // namespace falconer::ui
