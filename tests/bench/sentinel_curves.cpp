// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/sentinel_curves.h"

#include "core/run/sentinel.h"

#include <algorithm>

namespace falconer::test {

namespace {

constexpr std::size_t kMostDelay = 3;

} // namespace

bool labelDue(LabelledCurve& curve)
{
    const double least = curve.clean[curve.lowest];
    const double limit = least + std::max(3 * curve.noiseSd, 0.01 * least);
    curve.due = curve.lowest;
    while (curve.due < curve.clean.size() && curve.clean[curve.due] <= limit)
        ++curve.due;
    return curve.due + kMostDelay < curve.clean.size();
}

bool risesTogether(LabelledCurve& curve)
{
    labelDue(curve);
    const double limit = curve.due < curve.clean.size() ? curve.clean[curve.due] : 0;
    for (std::size_t i = curve.due; i < curve.clean.size(); ++i)
        if (curve.clean[i] >= limit && curve.training[i] <= curve.training[curve.lowest])
            return false;
    return true;
}

BenchResult measure(const std::vector<LabelledCurve>& curves, const SentinelSettings& settings)
{
    BenchResult result;
    for (const LabelledCurve& curve : curves) {
        const std::optional<std::int64_t> alert = judge(curve.history, settings).alertStep;
        if (!curve.overfits) {
            ++result.calm;
            result.falseAlarms += alert ? 1 : 0;
            continue;
        }
        ++result.overfitting;
        if (!alert)
            continue;
        std::size_t at = 0;
        while (curve.history.evals[at].step < *alert)
            ++at;
        if (at <= curve.lowest) {
            ++result.early;
        } else if (at > curve.due + kMostDelay) {
            ++result.late;
        } else {
            ++result.found;
            result.meanDelay += static_cast<double>(at) - static_cast<double>(curve.due);
            result.meanAfterMinimum += static_cast<double>(at - curve.lowest);
        }
    }
    if (result.found > 0) {
        result.meanDelay /= static_cast<double>(result.found);
        result.meanAfterMinimum /= static_cast<double>(result.found);
    }
    return result;
}

} // namespace falconer::test
