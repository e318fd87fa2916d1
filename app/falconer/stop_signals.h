// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include <signal.h>

namespace falconer {
class Session;
}

namespace falconer::cli {

/// While it lives, the first Ctrl+C, `kill` or closed terminal asks the session to stop, so that its state is saved; a
/// Ctrl+C after that ends the program at once with exit code 130. At most one at a time.
class StopSignals {
public:
    explicit StopSignals(Session& session);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Whether a signal has asked to stop.
    bool asked() const;

private:
    struct Replaced {
        int signal = 0;
        struct sigaction before { };
    };
    std::array<Replaced, 3> m_replaced;
};

} // namespace falconer::cli
