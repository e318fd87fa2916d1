// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/scalar/ops.h"
#include "kernels/math/quantization_math.h"

#include <bit>
#include <cmath>

namespace falconer::kernels::scalar {
namespace {

/// The offset is a mean, so its last bits depend on the order of summation. This is PyTorch 2.15's order for a
/// contiguous float vector (ATen/native/cpu/SumKernel.cpp) on one thread: `lanes` interleaved sums (8, the width of
/// AVX2, which PyTorch also uses on AVX-512 machines; 1 below 8 elements), each taken in four strands, each strand a
/// cascade of four levels. PyTorch splits 32,768 or more elements between threads, so its own result then varies with
/// their number; one thread is the case that every machine can reproduce.
template <int lanes>
float cascadeSum(const float* x, std::int64_t n)
{
    constexpr int kStrands = 4;
    constexpr int kLevels = 4;
    constexpr int kWidth = kStrands * lanes;
    const std::int64_t vectors = n / lanes;
    const std::int64_t rows = vectors / kStrands;

    const int ceilLog2 = rows <= 2 ? 1 : std::bit_width(static_cast<std::uint64_t>(rows - 1));
    const int power = ceilLog2 / kLevels > 4 ? ceilLog2 / kLevels : 4;
    const std::int64_t step = std::int64_t{1} << power;
    float sums[kLevels][kWidth] = {};
    const auto addRow = [&](std::int64_t row) {
        for (int k = 0; k < kWidth; ++k)
            sums[0][k] += x[row * kWidth + k];
    };
    std::int64_t row = 0;
    while (row + step <= rows) {
        for (const std::int64_t end = row + step; row < end; ++row)
            addRow(row);
        for (int level = 1; level < kLevels; ++level) {
            for (int k = 0; k < kWidth; ++k) {
                sums[level][k] += sums[level - 1][k];
                sums[level - 1][k] = 0;
            }
            if ((row & (step - 1) << level * power) != 0)
                break;
        }
    }
    for (; row < rows; ++row)
        addRow(row);
    for (int level = 1; level < kLevels; ++level)
        for (int k = 0; k < kWidth; ++k)
            sums[0][k] += sums[level][k];

    float* total = sums[0]; // from here on the first strand collects the others
    for (std::int64_t vector = rows * kStrands; vector < vectors; ++vector)
        for (int lane = 0; lane < lanes; ++lane)
            total[lane] += x[vector * lanes + lane];
    for (int strand = 1; strand < kStrands; ++strand)
        for (int lane = 0; lane < lanes; ++lane)
            total[lane] += total[strand * lanes + lane];
    float sum = 0;
    for (std::int64_t i = vectors * lanes; i < n; ++i)
        sum += x[i];
    for (int lane = 0; lane < lanes; ++lane)
        sum += total[lane];
    return sum;
}

float mean(const float* x, std::int64_t n)
{
    const float sum = n < 8 ? cascadeSum<1>(x, n) : cascadeSum<8>(x, n);
    return sum / static_cast<float>(n);
}

} // namespace

void quantizeScales(const float* absmax, std::int64_t blocks, std::uint8_t* codes, float* absmax2, float* offset)
{
    *offset = blocks == 0 ? 0.0F : mean(absmax, blocks);
    for (std::int64_t begin = 0; begin < blocks; begin += kScaleGroup) {
        const std::int64_t end = blocks - begin < kScaleGroup ? blocks : begin + kScaleGroup;
        float largest = 0;
        for (std::int64_t i = begin; i < end; ++i) {
            const float size = std::fabs(absmax[i] - *offset);
            largest = largest < size ? size : largest; // NaN is passed over, as in the reference
        }
        *absmax2++ = largest;
        const float reciprocal = 1.0F / largest;
        for (std::int64_t i = begin; i < end; ++i)
            codes[i] = largest == 0 ? 0 : code8((absmax[i] - *offset) * reciprocal);
    }
}

} // namespace falconer::kernels::scalar
