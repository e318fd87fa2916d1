// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/memory_plan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// One change of a recipe that lowers the planned peak.
struct PlanSuggestion {
    std::string change; ///< "training.micro_batch=2 training.gradient_accumulation=8": what --set takes, key by key
    std::int64_t savesBytes = 0; ///< of the peak, this change alone
    Recipe recipe; ///< with the change made
};

/// What would make the run smaller, the least harm first: recomputation and smaller micro-batches (the same result for
/// more time), then 8-bit optimizer states, double quantization, bfloat16, nf4 and the half rank (nearly the same
/// result), then shorter rows (less is learned). Only what saves a megabyte or more of the device's peak.
std::vector<PlanSuggestion> planSuggestions(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts);

/// The first of them that saves `bytesShort` or, where none does alone, as many one after the other as it takes, joined
/// by " and ". The whole list where that is not enough; empty where nothing saves anything.
std::string cheapestFix(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts, std::int64_t bytesShort);

} // namespace falconer
