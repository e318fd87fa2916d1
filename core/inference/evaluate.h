// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/data/dataset.h"

#include <cstdint>

namespace falconer {

class Decoder;

struct Evaluation {
    double loss = 0; ///< mean over all unmasked target tokens, nats
    double perplexity = 0;
    std::int64_t tokens = 0; ///< targets
};

/// Tokens of a validation batch (a longer sample is a batch of its own).
inline constexpr std::int64_t kEvaluationTokens = 1024;

/// Mean loss of the samples without dropout. Progress phase: "evaluating", rows done of all. Throws dataInvalid when no
/// sample has a target.
Evaluation evaluate(Decoder& decoder, const SampleStore& samples, const Progress& progress = {},
    std::int64_t tokens = kEvaluationTokens);

} // namespace falconer
