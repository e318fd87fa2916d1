// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/run/run_folder.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace falconer::test {

/// A made-up run whose noise-free validation curve is known.
struct LabelledCurve {
    std::string shape;
    std::string noise;
    bool overfits = false; ///< otherwise any alert is false
    MetricsHistory history;
    std::vector<double> clean; ///< the validation loss without noise, at each evaluation
    std::vector<double> training; ///< the training loss without noise, then; where both rise
    double noiseSd = 0; ///< at the lowest clean loss
    std::size_t lowest = 0; ///< evaluation with the lowest clean loss
    /// Overfitting curves: the first evaluation at which the clean loss exceeds its minimum by more than three noise
    /// SDs and by more than 1 %.
    std::size_t due = 0;
};

/// Three makers of curves that share nothing but the random numbers. The sentinel's constants were chosen with seeds
/// below 1000 in view (of the third one only the last few), and labels were corrected meanwhile: other seeds are held
/// out, other shapes are not.
///
/// formulas: decay by an exponential or a power, a rise by a formula, bumps at restarts of the learning rate.
/// dynamics: gradient descent on a linear model with noisy targets, whose exact risk over time falls and then rises,
/// and curves drawn freely through random knots.
/// textbook: plain decays and rises with white noise at four levels or heavy tails.
std::vector<LabelledCurve> curvesByFormulas(std::uint64_t seed, std::size_t overfitting, std::size_t calm);
std::vector<LabelledCurve> curvesByDynamics(std::uint64_t seed, std::size_t overfitting, std::size_t calm);
std::vector<LabelledCurve> curvesByTextbook(std::uint64_t seed, std::size_t overfitting, std::size_t calm);

/// Sets `due`; false when the clean loss never rises that far, or less than three evaluations before the end.
bool labelDue(LabelledCurve& curve);

/// Whether the training loss of a curve whose two losses rise is above what it was at the lowest validation loss
/// whenever it would be overfitting by the validation loss alone. Otherwise the curve is neither calm nor overfitting.
bool risesTogether(LabelledCurve& curve);

/// What a sentinel made of some curves.
struct BenchResult {
    std::size_t overfitting = 0;
    std::size_t found = 0; ///< within three evaluations of the due one, and not before the minimum
    std::size_t late = 0; ///< found after that
    std::size_t early = 0; ///< alerts before the clean loss had passed its minimum: false alarms too
    double meanDelay = 0; ///< evaluations after the due one, of those found (negative: before it was due)
    double meanAfterMinimum = 0; ///< evaluations after the clean minimum, of those found
    std::size_t calm = 0;
    std::size_t falseAlarms = 0; ///< on calm curves

    double detection() const
    {
        return overfitting == 0 ? 1 : static_cast<double>(found) / static_cast<double>(overfitting);
    }
    double alarms() const { return calm == 0 ? 0 : static_cast<double>(falseAlarms) / static_cast<double>(calm); }
};
BenchResult measure(const std::vector<LabelledCurve>& curves, const SentinelSettings& settings = {});

} // namespace falconer::test
