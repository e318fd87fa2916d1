// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace falconer {

/// Follows the learning rate and finds where it was raised again after having fallen.
class RateWatch {
public:
    void add(std::int64_t step, double rate)
    {
        if (!std::isfinite(rate))
            return;
        constexpr double kFactor = 1.5;
        constexpr double kShareOfPeak = 0.1;
        m_low = std::min(m_low, rate);
        const bool fell = m_peak > kFactor * m_low;
        if (fell && rate > kFactor * m_low && rate - m_low > kShareOfPeak * m_peak) {
            m_restart = step;
            m_peak = m_low = rate;
        } else if (rate > m_peak) {
            m_peak = m_low = rate; // warming up
        }
    }

    std::optional<std::int64_t> restart() const { return m_restart; }

private:
    double m_peak = 0;
    double m_low = std::numeric_limits<double>::infinity();
    std::optional<std::int64_t> m_restart;
};

} // namespace falconer
