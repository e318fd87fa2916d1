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

/// The same with rows of similar length side by side, by Transformers' rule for sampling by length: a random order is
/// cut into mega-batches (of 50 batches, fewer when there are few rows), each sorted from longest to shortest, and the
/// longest row of all comes first, so that what does not fit fails at once. `batchRows` is the rows of a whole step.
std::vector<std::int64_t> groupedOrder(
    std::span<const std::int64_t> lengths, std::int64_t batchRows, std::uint64_t seed, std::int64_t epoch);

/// Samples that share a sequence's worth of tokens: pack i holds members[starts[i]] .. members[starts[i + 1] - 1].
struct Packs {
    std::vector<std::int64_t> starts; ///< one more than there are packs
    std::vector<std::int64_t> members; ///< indices of samples

    std::int64_t size() const { return static_cast<std::int64_t>(starts.size()) - 1; }
    std::span<const std::int64_t> at(std::int64_t pack) const
    {
        const auto first = static_cast<std::size_t>(starts[static_cast<std::size_t>(pack)]);
        return std::span(members).subspan(
            first, static_cast<std::size_t>(starts[static_cast<std::size_t>(pack) + 1]) - first);
    }
};

/// Best-fit decreasing as TRL packs ("bfd"): within each thousand rows the longest first, each into the fullest pack
/// that still has room for it under `maxLength`. Every length must be 1 .. maxLength.
Packs packByLength(std::span<const std::int64_t> lengths, std::int64_t maxLength);

/// Each sample on its own.
Packs oneEach(std::int64_t samples);

/// A micro-batch: sequences laid end to end without padding. Attention never looks from one into another.
struct Batch {
    std::vector<std::int64_t> ids; ///< of all tokens
    std::vector<std::int64_t> lengths; ///< of the sequences, in order; their sum is ids.size()
    std::vector<std::int64_t> positions; ///< indices into ids whose successor is a target; a sequence's last never is
    std::vector<std::int64_t> targets; ///< that successor's id; as long as `positions`
    std::vector<std::int64_t> sources; ///< index of each sequence's sample, for messages

    std::int64_t tokens() const { return static_cast<std::int64_t>(ids.size()); }
};

Batch collate(const SampleStore& samples, std::span<const std::int64_t> indices);

} // namespace falconer
