// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/metrics_model.h"

namespace falconer::ui {

struct AxisRange {
    double minimum = 0;
    double maximum = 1;
    double step = 1; ///< between two labelled ticks: 1, 2 or 5 times a power of ten
};

/// The smallest range with round ends that holds `low`..`high`, cut into about `ticks` round steps.
AxisRange niceRange(double low, double high, int ticks);

/// The loss axis: every smoothed and validation point, and of the raw ones all but the outermost hundredth at each end,
/// so that one wild batch does not flatten the curves.
AxisRange lossRange(const LossCurves& curves);

} // namespace falconer::ui
