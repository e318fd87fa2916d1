// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace falconer {

/// Keys and values of the tokens seen so far, for generation: every sequence of a batch has its own, of its own length,
/// so that nothing is ever padded. Buffers grow by doubling.
struct KeyValueCache {
    struct Entry {
        at::Tensor keys; ///< [kvHeads, capacity, headDim]
        at::Tensor values; ///< the same
    };
    std::vector<std::vector<Entry>> layers; ///< [layer][sequence]
    std::vector<std::int64_t> lengths; ///< positions filled, by sequence; the same in every layer

    /// Positions of a sequence that are filled; 0 for one that is not known yet.
    std::int64_t past(std::size_t sequence) const { return sequence < lengths.size() ? lengths[sequence] : 0; }
};

/// Causal attention of several sequences laid end to end, none of which sees another. q [tokens, heads, headDim], k and
/// v [tokens, kvHeads, headDim], where tokens is the sum of `lengths`; heads is a multiple of kvHeads. `bias` (ALiBi)
/// [1, heads, 1, positions] is added to the scores by key position, where defined, with enough positions for the
/// longest sequence. With `cache` (the layer's entries, `past` positions filled in each) the tokens continue what is in
/// there and are added to it. Returns [tokens, heads * headDim].
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, std::span<const std::int64_t> lengths,
    const at::Tensor& bias, std::vector<KeyValueCache::Entry>* cache = nullptr,
    std::span<const std::int64_t> past = {});

} // namespace falconer
