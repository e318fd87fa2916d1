// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/scalar/ops.h"
#include "kernels/math/codebooks.h"
#include "kernels/math/quantization_math.h"

namespace falconer::kernels::scalar {

void dequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, float* out)
{
    const float* values = table4(code).values;
    forEachBlock(scales, blockSize, first, count, [&](float scale, std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            out[i - first] = values[nibble(codes, i)] * scale;
    });
}

void dequantize4ToBf16(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, std::uint16_t* out)
{
    const float* values = table4(code).values;
    forEachBlock(scales, blockSize, first, count, [&](float scale, std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            out[i - first] = toBf16(values[nibble(codes, i)] * scale);
    });
}

} // namespace falconer::kernels::scalar
