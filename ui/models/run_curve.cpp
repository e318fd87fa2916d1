// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_curve.h"

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

double notBelow(double value, double floor) { return value >= floor && std::isfinite(value) ? value : floor; }

} // namespace

double CurvePoint::x(XAxis axis) const
{
    switch (axis) {
    case XAxis::step: return step;
    case XAxis::tokens: return tokens;
    case XAxis::time: return seconds;
    case XAxis::epoch: return epoch;
    }
    return step;
}

CurvePoint nextPoint(const CurvePoint& before, const StepMetrics& metrics)
{
    return {notBelow(double(metrics.step), before.step), notBelow(double(metrics.tokens), before.tokens),
        notBelow(metrics.seconds, before.seconds), notBelow(metrics.epoch, before.epoch), metrics.loss};
}

RunCurve makeRunCurve(const QString& name, const MetricsHistory& history)
{
    RunCurve curve;
    curve.name = name;
    std::vector<CurvePoint> places; // of every step, those without a loss too
    places.emplace_back();
    for (const StepMetrics& metrics : history.steps) {
        if (double(metrics.step) <= places.back().step)
            continue;
        places.push_back(nextPoint(places.back(), metrics));
        if (std::isfinite(metrics.loss))
            curve.training.push_back(places.back());
    }
    double last = -1;
    for (const EvalMetrics& eval : history.evals) {
        if (!std::isfinite(eval.loss) || double(eval.step) <= last)
            continue;
        last = double(eval.step);
        // The place of the last step before it or its own: an evaluation trains nothing.
        const auto after = std::upper_bound(
            places.begin(), places.end(), last, [](double step, const CurvePoint& place) { return step < place.step; });
        CurvePoint point = after == places.begin() ? CurvePoint{} : *(after - 1);
        point.step = last;
        point.loss = eval.loss;
        curve.validation.push_back(point);
        if (!curve.best || eval.loss < curve.best->loss)
            curve.best = point;
    }
    return curve;
}

} // namespace falconer::ui
