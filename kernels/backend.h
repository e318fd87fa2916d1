// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/isa.h"
#include "kernels/optimizer8.h"
#include "kernels/quantization.h"

#include <cstdint>

/// Internal to kernels and their tests: the dispatch table.
namespace falconer::kernels {

/// One function an operation. Arguments have been checked by the public function of the same name, which documents
/// them.
struct Backend {
    Isa isa;
    void (*quantize4)(
        Code4, const float* x, std::int64_t n, std::int64_t blockSize, std::uint8_t* codes, float* absmax);
    void (*quantizeScales)(
        const float* absmax, std::int64_t blocks, std::uint8_t* codes, float* absmax2, float* offset);
    void (*dequantize4)(Code4, const std::uint8_t* codes, const BlockScales&, std::int64_t blockSize,
        std::int64_t first, std::int64_t count, float* out);
    void (*dequantize4ToBf16)(Code4, const std::uint8_t* codes, const BlockScales&, std::int64_t blockSize,
        std::int64_t first, std::int64_t count, std::uint16_t* out);
    void (*quantizeRows8)(const float* x, std::int64_t rows, std::int64_t columns, std::int8_t* codes, float* scales);
    void (*dequantizeRows8)(
        const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, float* out);
    void (*dequantizeRows8ToBf16)(
        const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, std::uint16_t* out);
    void (*adam8)(const AdamStep& step, const float* gradient, float* parameter, std::int64_t n, const State8& first,
        const State8& second);
};

/// The table of one back end. An operation that has no faster version there is the next slower back end's; on a machine
/// of another architecture every table is the scalar one.
const Backend& backend(Isa isa);

/// What the public functions call: backend(activeIsa()).
const Backend& activeBackend();

} // namespace falconer::kernels
