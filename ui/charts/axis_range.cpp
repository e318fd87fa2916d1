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

AxisRange lossRange(const LossCurves& curves)
{
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    const auto include = [&](double y) {
        low = std::min(low, y);
        high = std::max(high, y);
    };
    for (const auto* curve : {&curves.smoothed, &curves.validation})
        for (const QPointF& point : *curve)
            include(point.y());
    std::vector<double> raw;
    raw.reserve(curves.raw.size());
    for (const QPointF& point : curves.raw)
        raw.push_back(point.y());
    if (!raw.empty()) {
        const std::size_t cut = raw.size() / 100;
        std::nth_element(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(cut), raw.end());
        include(raw[cut]);
        std::nth_element(raw.begin(), raw.end() - static_cast<std::ptrdiff_t>(cut) - 1, raw.end());
        include(raw[raw.size() - cut - 1]);
    }
    if (low > high)
        return niceRange(0, 5, 5);
    return niceRange(low, high, 5);
}

} // namespace falconer::ui
