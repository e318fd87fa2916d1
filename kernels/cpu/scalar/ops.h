// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/optimizer8.h"
#include "kernels/quantization.h"

#include <cstdint>

/// The operations of the scalar back end (see kernels/backend.h).
namespace falconer::kernels::scalar {

void quantize4(Code4 code, const float* x, std::int64_t n, std::int64_t blockSize, std::uint8_t* codes, float* absmax);
void quantizeScales(const float* absmax, std::int64_t blocks, std::uint8_t* codes, float* absmax2, float* offset);
void dequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, float* out);
void dequantize4ToBf16(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, std::uint16_t* out);
void quantizeRows8(const float* x, std::int64_t rows, std::int64_t columns, std::int8_t* codes, float* scales);
void dequantizeRows8(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, float* out);
void dequantizeRows8ToBf16(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, std::uint16_t* out);
void adam8(const AdamStep& step, const float* gradient, float* parameter, std::int64_t n, const State8& first,
    const State8& second);

} // namespace falconer::kernels::scalar
