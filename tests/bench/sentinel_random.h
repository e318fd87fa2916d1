// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>

namespace falconer::test {

/// Random numbers that are the same with every standard library (its distributions are not).
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_engine(seed)
    {
    }

    double uniform(double low = 0, double high = 1)
    {
        return low + (high - low) * (static_cast<double>(m_engine() >> 11U) * 0x1p-53);
    }
    /// Uniform in the logarithm.
    double spread(double low, double high) { return std::exp(uniform(std::log(low), std::log(high))); }
    int whole(int low, int high) { return low + static_cast<int>(uniform() * (high - low + 1)); }
    bool chance(double share) { return uniform() < share; }
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }
    /// Student's t with 3 degrees of freedom, scaled to a standard deviation of 1.
    double heavy()
    {
        double squares = 0;
        for (int i = 0; i < 3; ++i)
            squares += std::pow(normal(), 2);
        return normal() / std::sqrt(squares / 3) / std::sqrt(3.0);
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace falconer::test
