// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace falconer {
class Session;
}

namespace falconer::cli {

class Console;

/// Runs a training session to its end while showing it; signals stop it. Returns the exit code.
int drive(Session& session, Console& console);

} // namespace falconer::cli
