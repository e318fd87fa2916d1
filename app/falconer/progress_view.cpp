// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/progress_view.h"

#include "app/falconer/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace falconer::cli {

using std::chrono::steady_clock;

std::string durationText(double seconds)
{
    const auto whole = static_cast<long long>(std::llround(std::clamp(seconds, 0.0, 1e9)));
    if (whole < 60)
        return fmt::format("{} s", whole);
    if (whole < 3600)
        return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string barText(double share, std::size_t width)
{
    const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(width));
    return "[" + std::string(full, '#') + std::string(width - full, '-') + "]";
}

bool Throttle::due()
{
    if (steady_clock::now() < m_next)
        return false;
    restart();
    return true;
}

void Throttle::restart() { m_next = steady_clock::now() + m_interval; }

std::chrono::milliseconds progressInterval(const Console& console)
{
    return std::chrono::milliseconds(console.terminal() ? 100 : 5000);
}

ProgressView::ProgressView(Console& console)
    : m_console(console)
    , m_throttle(progressInterval(console))
{
    m_throttle.restart();
}

void ProgressView::show(std::string_view phase, long long done, long long total)
{
    if (!m_throttle.due())
        return;
    std::string line(phase);
    if (total > 0) {
        const double share = static_cast<double>(done) / static_cast<double>(total);
        line += m_console.terminal() ? "  " + barText(share, 20) : std::string();
        line += fmt::format("  {} of {}", done, total);
    } else if (done > 0) {
        line += fmt::format("  {}", done);
    }
    if (m_console.terminal())
        m_console.status(line);
    else
        m_console.note(line);
}

Progress ProgressView::callback()
{
    return [this](std::string_view phase, long long done, long long total) {
        show(phase, done, total);
        return true;
    };
}

} // namespace falconer::cli
