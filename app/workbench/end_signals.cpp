// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/end_signals.h"

#include <QGuiApplication>
#include <QSessionManager>
#include <QSocketNotifier>

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace falconer::workbench {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
constexpr int kInterrupted = 130;

// A handler sees nothing but globals, and write() is about all that it may call.
volatile std::sig_atomic_t g_write = -1;
volatile std::sig_atomic_t g_asked = 0;

extern "C" void onEndSignal(int signal)
{
    if (g_asked != 0 && signal == SIGINT)
        ::_exit(kInterrupted);
    g_asked = 1;
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(g_write, &byte, 1);
}

} // namespace

EndSignals::EndSignals(QObject* parent)
    : QObject(parent)
{
    connect(qGuiApp, &QGuiApplication::commitDataRequest, this, &EndSignals::asked, Qt::DirectConnection);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_read = ends[0];
    g_write = ends[1];
    auto* notifier = new QSocketNotifier(m_read, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(m_read, &byte, 1) == 1) { }
        Q_EMIT asked();
    });
    for (const int each : kSignals) {
        struct sigaction action { };
        action.sa_handler = onEndSignal;
        action.sa_flags = SA_RESTART;
        ::sigemptyset(&action.sa_mask);
        struct sigaction before { };
        ::sigaction(each, nullptr, &before);
        // nohup, and a shell's background jobs, ask for a signal to be ignored: it stays so.
        if (before.sa_handler != SIG_IGN)
            ::sigaction(each, &action, nullptr);
    }
}

EndSignals::~EndSignals()
{
    if (m_read < 0)
        return;
    for (const int each : kSignals)
        std::signal(each, SIG_DFL);
    ::close(m_read);
    ::close(g_write);
    g_write = -1;
}

} // namespace falconer::workbench
