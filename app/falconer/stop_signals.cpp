// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/stop_signals.h"

#include "core/train/session.h"

#include <atomic>

#include <unistd.h>

namespace falconer::cli {
namespace {

constexpr int kInterrupted = 130;

// A handler sees nothing but globals, and may touch only what is lock-free.
std::atomic<Session*> g_session{nullptr};
std::atomic<bool> g_asked{false};
static_assert(std::atomic<Session*>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

extern "C" void onStopSignal(int signal)
{
    if (!g_asked.exchange(true)) {
        if (Session* session = g_session.load())
            session->stop();
    } else if (signal == SIGINT) {
        ::_exit(kInterrupted);
    }
}

} // namespace

StopSignals::StopSignals(Session& session)
{
    g_asked = false;
    g_session = &session;
    constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        struct sigaction action { };
        action.sa_handler = onStopSignal;
        action.sa_flags = SA_RESTART;
        ::sigemptyset(&action.sa_mask);
        m_replaced[i].signal = kSignals[i];
        ::sigaction(kSignals[i], nullptr, &m_replaced[i].before);
        // nohup, and a shell's background jobs, ask for a signal to be ignored: it stays so.
        if (m_replaced[i].before.sa_handler != SIG_IGN)
            ::sigaction(kSignals[i], &action, nullptr);
    }
}

StopSignals::~StopSignals()
{
    for (const Replaced& replaced : m_replaced)
        ::sigaction(replaced.signal, &replaced.before, nullptr);
    g_session = nullptr;
}

bool StopSignals::asked() const { return g_asked; }

} // namespace falconer::cli
