// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace falconer {
class Session;
}

namespace falconer::cli {

class Console;
class SessionView;

/// Runs a training session to its end while showing it; signals stop it. Returns whether one did.
bool follow(Session& session, SessionView& view, Console& console);

/// The same for a session that is all there is to do: says its outcome, returns the exit code.
int drive(Session& session, Console& console);

} // namespace falconer::cli
