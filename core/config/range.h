// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace falconer {

/// The numbers that a key may take.
struct Range {
    std::optional<double> minimum;
    std::optional<double> maximum;
    bool minimumOpen = false; ///< the minimum itself is not allowed
    bool maximumOpen = false;

    bool holds(double value) const; ///< false for anything that is not finite
    std::string words() const; ///< "from 0 to 1", "at least 1", "more than 0"
};

constexpr Range atLeast(double minimum) { return {minimum, {}, false, false}; }
constexpr Range between(double minimum, double maximum) { return {minimum, maximum, false, false}; }
constexpr Range positive(std::optional<double> maximum = {}) { return {0.0, maximum, true, false}; }
constexpr Range fromZeroToBelowOne() { return {0.0, 1.0, false, true}; }

/// A number as the recipe writes it: the shortest text that reads back to the same value.
std::string numberText(double value);

} // namespace falconer
