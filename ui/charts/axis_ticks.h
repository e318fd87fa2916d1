// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_curve.h"

#include <QString>

#include <vector>

namespace falconer::ui {

/// A labelled place of an axis.
struct Tick {
    double at = 0; ///< where: the value, or its decimal logarithm on a logarithmic axis
    QString text;
};

/// Round values between `low` and `high`, about `count` of them.
std::vector<Tick> valueTicks(double low, double high, int count);

/// The same for a logarithmic axis from 10^low to 10^high.
std::vector<Tick> logTicks(double low, double high, int count);

/// Round places of a run's x axis: whole steps, "10k" tokens, "5 min", epochs.
std::vector<Tick> runTicks(XAxis axis, double low, double high, int count);

/// As short as a tick needs it: "2.45" at a distance of 0.05, "2e−4", "20k".
QString tickText(double value, double distance);

/// A place on a run's axis in words: "step 80", "tokens 80,000", "3 min 28 s", "epoch 1.81".
QString placeText(XAxis axis, double x);

} // namespace falconer::ui
