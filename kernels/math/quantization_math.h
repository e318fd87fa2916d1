// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/math/dynamic_map.h"
#include "kernels/math/portable.h"
#include "kernels/quantization.h"

#include <cstdint>
#include <cstring>

/// One element at a time, exactly as bitsandbytes 0.50.2 computes it on a CPU. Every back end's result is
/// bit-identical.
namespace falconer::kernels {

/// Block scales below it are raised to it before they divide, so a block of zeros does not make NaN. It is a denormal:
/// the processor must not flush those to zero.
inline constexpr float kSmallestScale = 1e-38F;

FALCONER_HD static inline std::uint32_t bitsOf(float value)
{
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

FALCONER_HD static inline float floatOf(std::uint32_t bits)
{
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

/// |value| as an unsigned integer that sorts as |value| does, NaN above infinity: its maximum is the block's absmax,
/// and NaN when the block holds one, in any order of evaluation.
FALCONER_HD static inline std::uint32_t magnitude(float value) { return bitsOf(value) & 0x7FFFFFFFU; }

/// NaN stays NaN.
FALCONER_HD static inline float raisedScale(float absmax) { return absmax < kSmallestScale ? kSmallestScale : absmax; }

/// How many pivots lie below a weight that was divided by its block's absmax: 0..15, and 15 for NaN. The reference
/// clamps the weight to [-1, 1] first; the outermost pivots lie inside that range, so the count is the same without.
FALCONER_HD static inline unsigned rank4(const float* pivots, float scaled)
{
    unsigned rank = 0;
    for (int k = 0; k < 15; ++k)
        rank += !(pivots[k] >= scaled);
    return rank;
}

/// The reference divides [-1, 1] into bins, and the centre of a value's bin decides its code, not the value.
inline constexpr std::uint32_t kBins = 65536;

/// The bin of a value that was divided by its block's absmax; NaN gives bin 0.
FALCONER_HD static inline std::uint32_t binOf(float scaled)
{
    const float clamped = !(scaled > -1.0F) ? -1.0F : scaled > 1.0F ? 1.0F : scaled;
    const float half = (clamped + 1.0F) * 0.5F;
    // the reference's compiler fused this multiply and add; the double product is exact, so its sum rounds once as well
    return static_cast<std::uint32_t>(static_cast<float>(static_cast<double>(half) * 65535.0 + 0.5));
}

/// The code of a bin in an ascending map of 256 values.
FALCONER_HD static inline std::uint8_t codeOfBin(const float* map, std::uint32_t bin)
{
    const float centre = -1.0F + 2.0F * static_cast<float>(bin) / 65535.0F;
    unsigned below = 0; // of the 255 midpoints between neighbours
    for (unsigned step = 128; step != 0; step /= 2) {
        const unsigned k = below + step;
        if (0.5F * (map[k - 1] + map[k]) < centre)
            below = k;
    }
    return static_cast<std::uint8_t>(below);
}

/// The code of `scaled` in the signed dynamic map; NaN gives code 0.
FALCONER_HD static inline std::uint8_t code8(float scaled) { return codeOfBin(kDynamicMap, binOf(scaled)); }

/// A multiply and an add, each rounded: a fused one would differ from the reference in the last bit.
FALCONER_HD static inline float blockScale(const BlockScales& scales, std::int64_t block)
{
    if (scales.absmax != nullptr)
        return scales.absmax[block];
    return scales.map[scales.codes[block]] * scales.absmax2[block / kScaleGroup] + scales.offset;
}

/// Two codes a byte, the even element in the high nibble.
FALCONER_HD static inline unsigned nibble(const std::uint8_t* codes, std::int64_t element)
{
    return element % 2 == 0 ? codes[element / 2] >> 4U : codes[element / 2] & 15U;
}

/// Round to nearest even; every NaN becomes 0x7FC0.
FALCONER_HD static inline std::uint16_t toBf16(float value)
{
    const std::uint32_t bits = bitsOf(value);
    if (value != value)
        return 0x7FC0;
    return static_cast<std::uint16_t>((bits + 0x7FFFU + (bits >> 16U & 1U)) >> 16U);
}

/// The factor of one row: the reference takes the reciprocal first, then multiplies.
FALCONER_HD static inline float rowFactor8(float absmax) { return 1.0F / absmax * 127.0F; }

/// Round half to even. A product that is not finite (rows of zeros or of denormals, NaN, infinity) gives 0, as the
/// reference's conversion does on x86.
FALCONER_HD static inline std::int8_t rowCode8(float x, float factor)
{
    const float product = x * factor;
    if ((bitsOf(product) & 0x7F800000U) == 0x7F800000U)
        return 0;
    // adding 1.5 * 2^23 leaves no bits for a fraction, so the sum is rounded to an integer
    const float shifted = product + 12582912.0F;
    return static_cast<std::int8_t>(static_cast<std::int32_t>(shifted - 12582912.0F));
}

FALCONER_HD static inline float rowValue8(std::int8_t code, float scale)
{
    return static_cast<float>(code) * scale * 7.874015718698502e-3F; // 1 / 127, rounded as the reference writes it
}

/// Calls body(scale, begin, end) for each run of elements of [first, first + count) that shares a block.
template <typename Body>
static inline void forEachBlock(
    const BlockScales& scales, std::int64_t blockSize, std::int64_t first, std::int64_t count, Body body)
{
    const std::int64_t last = first + count;
    std::int64_t block = first / blockSize;
    for (std::int64_t begin = first; begin < last; ++block) {
        const std::int64_t border = (block + 1) * blockSize;
        const std::int64_t end = border < last ? border : last;
        body(blockScale(scales, block), begin, end);
        begin = end;
    }
}

} // namespace falconer::kernels
