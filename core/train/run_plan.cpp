// SPDX-License-Identifier: Apache-2.0
#include "core/train/run_plan.h"

#include <algorithm>
#include <cmath>

namespace falconer {

namespace {

std::int64_t ceilDivide(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

} // namespace

RunPlan makeRunPlan(const TrainingSettings& training, std::int64_t trainRows, std::int64_t validationRows)
{
    RunPlan plan;
    plan.rows = trainRows;
    plan.microBatches = ceilDivide(trainRows, training.microBatch);
    plan.stepsPerEpoch = std::max<std::int64_t>(1, ceilDivide(plan.microBatches, training.gradientAccumulation));
    plan.totalSteps = training.maxSteps
        ? *training.maxSteps
        : static_cast<std::int64_t>(std::ceil(training.epochs * static_cast<double>(plan.stepsPerEpoch)));
    const std::int64_t automatic
        = std::max<std::int64_t>(1, std::min(ceilDivide(plan.totalSteps, 20), plan.stepsPerEpoch));
    plan.evalEvery = validationRows > 0 ? training.evalEvery.value_or(automatic) : 0;
    plan.saveEvery = training.saveEvery.value_or(plan.evalEvery > 0 ? plan.evalEvery : automatic);
    return plan;
}

} // namespace falconer
