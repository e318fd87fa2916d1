// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/drive.h"

#include "app/falconer/console.h"
#include "app/falconer/session_view.h"
#include "app/falconer/stop_signals.h"

namespace falconer::cli {
namespace {

constexpr int kPollMilliseconds = 200;

} // namespace

int drive(Session& session, Console& console)
{
    SessionView view(console);
    {
        const StopSignals signals(session);
        bool saidStopping = false;
        session.start();
        while (!view.end()) {
            session.waitForEvents(kPollMilliseconds);
            for (const SessionEvent& event : session.drain())
                view.show(event);
            if (signals.asked() && !saidStopping) {
                saidStopping = true;
                console.note("stopping: the state is being saved (Ctrl+C once more ends at once, without)");
            }
            view.refresh();
        }
        session.join();
    }
    view.conclude();
    return view.end()->exitCode;
}

} // namespace falconer::cli
