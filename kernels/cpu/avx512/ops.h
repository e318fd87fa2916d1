// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/quantization.h"

#include <cstdint>

/// The operations of the avx512 back end (see kernels/backend.h).
namespace falconer::kernels::avx512 {

void dequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, float* out);
void dequantize4ToBf16(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, std::uint16_t* out);

} // namespace falconer::kernels::avx512
