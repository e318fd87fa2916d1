// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <span>

namespace falconer {

class Decoder;

struct Evaluation {
    double loss = 0; ///< mean over all unmasked target tokens, nats
    double perplexity = 0;
    std::int64_t tokens = 0; ///< targets
};

/// Mean loss of the samples without dropout. Rows are batched by length, which changes nothing but the speed: `rows` at
/// a time. Progress phase: "evaluating", rows done of all. Throws dataInvalid when no sample has a target.
Evaluation evaluate(Decoder& decoder, std::span<const Sample> samples, std::int64_t padId, std::int64_t rows = 8,
    const Progress& progress = {});

} // namespace falconer
