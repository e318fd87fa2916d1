// SPDX-License-Identifier: Apache-2.0
#include "core/model/attention.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace falconer {

namespace {

constexpr std::int64_t kSmallestCache = 64;

double lowest(at::ScalarType type)
{
    switch (type) {
    case at::kBFloat16: return static_cast<double>(std::numeric_limits<at::BFloat16>::lowest());
    case at::kHalf: return static_cast<double>(std::numeric_limits<at::Half>::lowest());
    default: return static_cast<double>(std::numeric_limits<float>::lowest());
    }
}

/// Adds `fresh` [kvHeads, length, headDim] behind `past` positions of `buffer`; returns all that is filled.
at::Tensor extend(at::Tensor& buffer, const at::Tensor& fresh, std::int64_t past)
{
    const std::int64_t filled = past + fresh.size(1);
    if (!buffer.defined() || buffer.size(1) < filled) {
        at::Tensor larger
            = at::empty({fresh.size(0), std::max(kSmallestCache, 2 * filled), fresh.size(2)}, fresh.options());
        if (past > 0)
            larger.narrow(1, 0, past).copy_(buffer.narrow(1, 0, past));
        buffer = larger;
    }
    buffer.narrow(1, past, fresh.size(1)).copy_(fresh);
    return buffer.narrow(1, 0, filled);
}

/// Each key/value head once for every query head of its group: [kvHeads, n, d] -> [1, heads, n, d].
at::Tensor spread(const at::Tensor& x, std::int64_t heads)
{
    const std::int64_t kvHeads = x.size(0);
    if (kvHeads == heads)
        return x.unsqueeze(0);
    return x.unsqueeze(1)
        .expand({kvHeads, heads / kvHeads, x.size(1), x.size(2)})
        .reshape({1, heads, x.size(1), x.size(2)});
}

/// One sequence: q [heads, length, d], k and v [kvHeads, past + length, d] -> [length, heads * d].
at::Tensor attendOne(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& bias)
{
    const std::int64_t heads = q.size(0);
    const std::int64_t length = q.size(1);
    const std::int64_t keys = k.size(1);
    std::optional<at::Tensor> mask;
    if (bias.defined()) {
        // The reference masks with the type's lowest value rather than -infinity.
        mask = bias.narrow(3, 0, keys);
        if (length > 1) {
            const at::Tensor future = at::ones({length, keys}, bias.options().dtype(at::kBool)).triu(keys - length + 1);
            mask = mask->expand({1, heads, length, keys}).masked_fill(future, lowest(bias.scalar_type()));
        }
    } else if (length > 1 && keys > length) {
        // is_causal counts from the first key, not from the first new one.
        mask = at::ones({length, keys}, q.options().dtype(at::kBool)).tril(keys - length);
    }
    const bool causal = !mask && length > 1;
    const at::Tensor mixed = at::scaled_dot_product_attention(
        q.unsqueeze(0), spread(k, heads), spread(v, heads), mask, /*dropout_p=*/0.0, causal);
    return mixed.squeeze(0).transpose(0, 1).reshape({length, heads * q.size(2)});
}

} // namespace

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, std::span<const std::int64_t> lengths,
    const at::Tensor& bias, std::vector<KeyValueCache::Entry>* cache, std::span<const std::int64_t> past)
{
    const at::IntArrayRef sizes(lengths.data(), lengths.size());
    // [tokens, heads, d] -> one [heads, length, d] a sequence. One split each: its backward is one concatenation, where
    // slicing would add up a whole gradient for every sequence.
    const auto split = [&](const at::Tensor& x) { return at::split_with_sizes(x.transpose(0, 1), sizes, 1); };
    const std::vector<at::Tensor> queries = split(q);
    const std::vector<at::Tensor> keys = split(k);
    const std::vector<at::Tensor> values = split(v);
    if (cache)
        cache->resize(lengths.size());
    std::vector<at::Tensor> mixed;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        if (lengths[i] == 0)
            continue;
        if (cache) {
            KeyValueCache::Entry& entry = (*cache)[i];
            mixed.push_back(attendOne(
                queries[i], extend(entry.keys, keys[i], past[i]), extend(entry.values, values[i], past[i]), bias));
        } else {
            mixed.push_back(attendOne(queries[i], keys[i], values[i], bias));
        }
    }
    return mixed.size() == 1 ? mixed.front() : at::cat(mixed, 0);
}

} // namespace falconer
