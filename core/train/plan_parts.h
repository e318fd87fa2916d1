// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/memory_plan.h"
#include "core/train/plan_layers.h"

#include <cstdint>
#include <vector>

namespace falconer {

/// A tensor that is trained.
struct TrainedSize {
    std::int64_t elements = 0;
    bool wide = false; ///< an 8-bit optimizer keeps wide states for it
};

/// Everything about recipe and model that does not depend on lengths.
struct PlanParts {
    std::int64_t element = 4;
    bool quantized = false;
    std::int64_t weights = 0;
    std::int64_t scales = 0;
    std::int64_t tables = 0; ///< embedding and untied head, among `weights`
    std::int64_t largestLinear = 0; ///< elements
    std::int64_t largestAdapted = 0;
    std::vector<PlannedLayer> layers;
    std::vector<std::int64_t> trainedOfLayer; ///< elements
    std::vector<TrainedSize> trained;
    std::int64_t pairElements = 0;
    bool trainsEmbedding = false;
    bool trainsHead = false;

    std::int64_t trainedElements() const;
};

/// Throws recipeInvalid as resolveTargets() does.
PlanParts planParts(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts);

/// The lengths of the sequences in the micro-batch with the most tokens (TrainingData::longest()).
std::vector<std::int64_t> largestMicroBatch(const Recipe& recipe, const PlanFacts& facts);
/// The same of a validation batch (evaluate()); empty when nothing is validated.
std::vector<std::int64_t> largestValidationBatch(const Recipe& recipe, const PlanFacts& facts);
/// The same of what the finished adapter is measured on: validation rows or, without them, some training rows.
std::vector<std::int64_t> largestProofBatch(const Recipe& recipe, const PlanFacts& facts);

} // namespace falconer
