// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/drive.h"

#include "app/falconer/console.h"
#include "app/falconer/session_view.h"
#include "app/falconer/stop_signals.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

namespace falconer::cli {
namespace {

constexpr int kPollMilliseconds = 200;

} // namespace

bool follow(Session& session, SessionView& view, Console& console)
{
    const StopSignals signals(session);
    bool saidStopping = false;
    std::optional<std::chrono::steady_clock::time_point> waitingSince;
    session.start();
    while (!view.end()) {
        session.waitForEvents(kPollMilliseconds);
        for (const SessionEvent& event : session.drain())
            view.show(event);
        if (view.paused() && !saidStopping) {
            saidStopping = true;
            console.note("paused by the sentinel; nobody can answer here, so the run ends with its state saved");
            session.stop();
        }
        if (!view.waitsForDisk()) {
            waitingSince.reset();
        } else if (const auto now = std::chrono::steady_clock::now(); !waitingSince) {
            waitingSince = now;
            console.note(
                fmt::format("waiting {} minutes for room on the disk (Ctrl+C ends the wait)", kDiskPatience.count()));
        } else if (now - *waitingSince > kDiskPatience && !saidStopping) {
            saidStopping = true;
            session.stop();
        }
        if (signals.asked() && !saidStopping) {
            saidStopping = true;
            console.note("stopping: the state is being saved (Ctrl+C once more ends at once, without)");
        }
        view.refresh();
    }
    session.join();
    return signals.asked();
}

int drive(Session& session, Console& console)
{
    SessionView view(console);
    follow(session, view, console);
    view.conclude();
    return view.end()->exitCode;
}

} // namespace falconer::cli
