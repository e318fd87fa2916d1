// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/scalar/ops.h"
#include "kernels/math/quantization_math.h"

namespace falconer::kernels::scalar {

void quantizeRows8(const float* x, std::int64_t rows, std::int64_t columns, std::int8_t* codes, float* scales)
{
    for (std::int64_t row = 0; row < rows; ++row, x += columns, codes += columns) {
        std::uint32_t largest = 0;
        for (std::int64_t i = 0; i < columns; ++i)
            largest = magnitude(x[i]) > largest ? magnitude(x[i]) : largest;
        scales[row] = floatOf(largest);
        const float factor = rowFactor8(scales[row]);
        for (std::int64_t i = 0; i < columns; ++i)
            codes[i] = rowCode8(x[i], factor);
    }
}

void dequantizeRows8(const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, float* out)
{
    for (std::int64_t row = 0; row < rows; ++row, codes += columns, out += columns)
        for (std::int64_t i = 0; i < columns; ++i)
            out[i] = rowValue8(codes[i], scales[row]);
}

void dequantizeRows8ToBf16(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, std::uint16_t* out)
{
    for (std::int64_t row = 0; row < rows; ++row, codes += columns, out += columns)
        for (std::int64_t i = 0; i < columns; ++i)
            out[i] = toBf16(rowValue8(codes[i], scales[row]));
}

} // namespace falconer::kernels::scalar
