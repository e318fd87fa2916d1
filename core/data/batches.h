// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <span>
#include <vector>

namespace falconer {

/// The order of n rows in one epoch as accelerate's SeedableRandomSampler gives it: torch.randperm(n) under a CPU
/// generator seeded with seed + epoch; 0..n-1 without shuffling.
std::vector<std::int64_t> epochOrder(std::int64_t n, std::uint64_t seed, std::int64_t epoch, bool shuffle);

/// A micro-batch, padded on the right to its longest row. Arrays are [rows, length], row-major.
struct Batch {
    std::int64_t rows = 0;
    std::int64_t length = 0;
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> labels; ///< the id where it is a target, -100 elsewhere; not shifted
    std::int64_t targets = 0; ///< labels != -100 with the first column left out
    std::int64_t tokens = 0; ///< without padding
    std::vector<std::int64_t> sources; ///< index of each row's sample, for messages
};

Batch collate(std::span<const Sample> samples, std::span<const std::int64_t> indices, std::int64_t padId);

} // namespace falconer
