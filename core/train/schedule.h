// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"

#include <cstdint>

namespace falconer {

/// What the learning-rate rule needs to know of a run.
struct Schedule {
    std::string kind;
    double learningRate = 0;
    std::int64_t totalSteps = 0;
    std::int64_t warmupSteps = 0;
    std::map<std::string, double> options;
};

Schedule makeSchedule(const TrainingSettings& training, std::int64_t totalSteps);

/// The learning rate of the optimizer step that follows `done` finished ones, by Transformers' optimization.py;
/// evaluated in its order of operations, so that the doubles are the same.
double learningRateAt(const Schedule& schedule, std::int64_t done);

} // namespace falconer
