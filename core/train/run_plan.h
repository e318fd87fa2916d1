// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"

#include <cstdint>

namespace falconer {

/// The counts of a run, as Trainer makes them: a trailing partial accumulation of an epoch is an optimizer step of its
/// own.
struct RunPlan {
    std::int64_t rows = 0;
    std::int64_t microBatches = 0; ///< in an epoch
    std::int64_t stepsPerEpoch = 0;
    std::int64_t totalSteps = 0;
    std::int64_t evalEvery = 0; ///< 0: never (nothing to validate on)
    std::int64_t saveEvery = 0;

    bool evaluatesAt(std::int64_t step) const { return evalEvery > 0 && (step % evalEvery == 0 || step == totalSteps); }
    bool savesAt(std::int64_t step) const { return step % saveEvery == 0 || step == totalSteps; }
};

/// `auto` evaluates 20 times over the run, at least once an epoch, and saves at each evaluation; the last step always
/// does both.
RunPlan makeRunPlan(const TrainingSettings& training, std::int64_t trainRows, std::int64_t validationRows);

} // namespace falconer
