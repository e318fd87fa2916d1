// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"

#include <chrono>
#include <string>
#include <string_view>

namespace falconer::cli {

class Console;

/// "45 s", "3 min 20 s", "2 h 05 min".
std::string durationText(double seconds);

/// "[#####---------------]", `width` columns between the brackets.
std::string barText(double share, std::size_t width);

/// Lets something through at most once in a while.
class Throttle {
public:
    explicit Throttle(std::chrono::milliseconds interval)
        : m_interval(interval)
    {
    }
    /// Whether the interval has passed; starts the next one if so.
    bool due();
    /// Starts the interval anew.
    void restart();

private:
    std::chrono::milliseconds m_interval;
    std::chrono::steady_clock::time_point m_next;
};

/// How often progress is shown: a terminal's line is redrawn ten times a second, a log gains a line every five seconds.
std::chrono::milliseconds progressInterval(const Console& console);

/// Shows a phase of long work: "quantizing  [####----]  12 of 32". Short work leaves no trace where it cannot be wiped.
class ProgressView {
public:
    explicit ProgressView(Console& console);
    void show(std::string_view phase, long long done, long long total);
    /// For core's functions. They must be done before this view goes away.
    Progress callback();

private:
    Console& m_console;
    Throttle m_throttle;
};

} // namespace falconer::cli
