// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_folder.h"

#include <QString>

#include <optional>
#include <vector>

namespace falconer::ui {

/// What the x axis of a run's chart counts.
enum class XAxis {
    step,
    tokens, ///< trained so far
    time, ///< seconds of training so far
    epoch
};

/// One loss of a run, with its place on every x axis. Places never go back from one point to the next.
struct CurvePoint {
    double step = 0;
    double tokens = 0;
    double seconds = 0;
    double epoch = 0;
    double loss = 0; ///< finite

    double x(XAxis axis) const;
    bool operator==(const CurvePoint&) const = default;
};

/// A recorded run's losses, for the overlay.
struct RunCurve {
    QString name;
    std::vector<CurvePoint> training; ///< raw
    std::vector<CurvePoint> validation;
    std::optional<CurvePoint> best; ///< of the validation losses

    bool operator==(const RunCurve&) const = default;
};

/// The place and loss of a step, none of its coordinates (or a missing one) before those of the step before.
CurvePoint nextPoint(const CurvePoint& before, const StepMetrics& metrics);

/// At most so many runs are told apart by colour, dash and width.
inline constexpr int kMaxOverlayRuns = 8;

/// What readMetrics() gives, as curves. Losses that are no number are left out; steps that go back too.
RunCurve makeRunCurve(const QString& name, const MetricsHistory& history);

} // namespace falconer::ui
