// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace falconer::ui {

struct AxisRange {
    double minimum = 0;
    double maximum = 1;
    double step = 1; ///< between two labelled ticks: 1, 2 or 5 times a power of ten
};

/// The smallest range with round ends that holds `low`..`high`, cut into about `ticks` round steps.
AxisRange niceRange(double low, double high, int ticks);

} // namespace falconer::ui
