// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axis_range.h"

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

double roundStep(double rough)
{
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power * (1 + 1e-9))
            return factor * power;
    return 10 * power;
}

} // namespace

AxisRange niceRange(double low, double high, int ticks)
{
    if (!(high > low)) {
        const double margin = std::max(0.05, 0.05 * std::abs(low));
        low -= margin;
        high += margin;
    }
    const double step = roundStep((high - low) / std::max(1, ticks));
    return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step, step};
}

} // namespace falconer::ui
