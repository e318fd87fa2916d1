// SPDX-License-Identifier: Apache-2.0
#include "kernels/dropout.h"

#include <algorithm>

namespace falconer::kernels {

namespace {

/// Steele, Lea and Flood's SplitMix64 at position `index`: a generator without state, so any element can be drawn
/// alone.
std::uint64_t splitMix64(std::uint64_t seed, std::uint64_t index)
{
    std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

} // namespace

Status dropout(std::uint64_t seed, std::int64_t first, std::int64_t count, double keep, const float* x, float* out)
{
    if (first < 0 || count < 0 || !(keep > 0 && keep <= 1) || (count > 0 && (!x || !out)))
        return Status::badArgument;
    // One draw of 64 bits decides two neighbours, so cuts between threads must not change which half an element gets.
    const auto threshold = static_cast<std::uint64_t>(keep * 4294967296.0);
    const auto scale = static_cast<float>(1.0 / keep);
    const auto value = [&](std::uint64_t bits, float input) { return bits < threshold ? input * scale : 0.0f; };
    std::int64_t i = 0;
    if (first % 2 != 0 && count > 0) {
        out[0] = value(splitMix64(seed, static_cast<std::uint64_t>(first / 2)) >> 32, x[0]);
        i = 1;
    }
    for (; i + 1 < count; i += 2) {
        const std::uint64_t draw = splitMix64(seed, static_cast<std::uint64_t>((first + i) / 2));
        const float even = value(draw & 0xFFFFFFFFULL, x[i]);
        out[i + 1] = value(draw >> 32, x[i + 1]);
        out[i] = even;
    }
    if (i < count)
        out[i] = value(splitMix64(seed, static_cast<std::uint64_t>((first + i) / 2)) & 0xFFFFFFFFULL, x[i]);
    return Status::ok;
}

} // namespace falconer::kernels
