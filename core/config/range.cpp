// SPDX-License-Identifier: Apache-2.0
#include "core/config/range.h"

#include <fmt/format.h>

#include <cmath>

namespace falconer {

bool Range::holds(double value) const
{
    if (!std::isfinite(value))
        return false;
    if (minimum && (value < *minimum || (minimumOpen && value == *minimum)))
        return false;
    return !maximum || value < *maximum || (!maximumOpen && value == *maximum);
}

std::string Range::words() const
{
    const std::string low = minimum ? numberText(*minimum) : "";
    const std::string high = maximum ? numberText(*maximum) : "";
    if (minimum && maximum && !minimumOpen && !maximumOpen)
        return fmt::format("from {} to {}", low, high);
    std::string words;
    if (minimum)
        words = (minimumOpen ? "more than " : "at least ") + low;
    if (maximum)
        words += (words.empty() ? "" : " and ") + std::string(maximumOpen ? "below " : "at most ") + high;
    return words.empty() ? "a finite number" : words;
}

std::string numberText(double value)
{
    if (std::isnan(value))
        return ".nan";
    if (std::isinf(value))
        return value < 0 ? "-.inf" : ".inf";
    std::string text = fmt::format("{}", value);
    // YAML 1.1 readers, PyYAML among them, take 1e-07 for a text: they want a point.
    const std::size_t exponent = text.find('e');
    if (exponent != std::string::npos && text.find('.') == std::string::npos)
        text.insert(exponent, ".0");
    return text;
}

} // namespace falconer
