// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/status.h"

#include <cstdint>

/// Weight quantization in bitsandbytes' formats (its 0.50.2, CPU reference): NF4 and FP4 in blocks over the row-major
/// flattened tensor (blocks cross row borders), double quantization of the block scales (QLoRA, arXiv 2305.14314), and
/// int8 by rows. Every function is single-threaded over the range that it is given and dispatches on activeIsa().
namespace falconer::kernels {

enum class Code4 { nf4, fp4 };

/// The 16 values of a 4-bit code, index = code.
const float* codebook(Code4 code);
/// bitsandbytes' signed dynamic map (256 values, ascending), used for the double-quantized scales.
const float* dynamicMap();

inline constexpr std::int64_t kScaleGroup = 256; ///< block scales that share one second-level scale

/// The scales of the blocks of one tensor: plain (absmax set) or double-quantized (the other four set):
/// absmax[b] = map[codes[b]] * absmax2[b / 256] + offset.
struct BlockScales {
    const float* absmax = nullptr; ///< [blocks]
    const std::uint8_t* codes = nullptr; ///< [blocks]
    const float* absmax2 = nullptr; ///< [ceil(blocks / 256)]
    const float* map = nullptr; ///< [256]
    float offset = 0;
};

/// Quantizes x[0..n): codes [(n + 1) / 2], two a byte, the even element in the high nibble, an odd tail padded with the
/// code of zero; absmax [ceil(n / blockSize)]. blockSize is a power of two from 32 to 4096. To split a tensor between
/// threads, cut at multiples of 2 * blockSize: only the tensor's last block may be short, since the reference divides
/// there where it multiplies elsewhere. A block with a NaN gets absmax NaN.
Status quantize4(
    Code4 code, const float* x, std::int64_t n, std::int64_t blockSize, std::uint8_t* codes, float* absmax);

/// Double-quantizes all block scales of one tensor: codes [blocks], absmax2 [ceil(blocks / 256)], offset = mean(absmax)
/// in the order in which PyTorch sums on one thread (its own result varies with the number of threads from 32,768
/// blocks on); 0 for no blocks.
Status quantizeScales(const float* absmax, std::int64_t blocks, std::uint8_t* codes, float* absmax2, float* offset);

/// Elements [first, first + count) of a quantized tensor to float; first must be even. `codes` and `scales` are those
/// of the whole tensor. value = codebook[code] * absmax in float32.
Status dequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, float* out);
/// The same, rounded once to bfloat16 (nearest even); out holds the raw 16 bits.
Status dequantize4ToBf16(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, std::uint16_t* out);

/// Row-wise int8 (LLM.int8's weight format): scale[r] = max|row|, code = round-half-even(x * (1 / scale * 127)), each
/// step rounded, as bitsandbytes' int8_vectorwise_quant computes it. Where that product is not finite the code is 0:
/// rows of zeros, rows below some 4e-37, rows with NaN or infinity.
Status quantizeRows8(const float* x, std::int64_t rows, std::int64_t columns, std::int8_t* codes, float* scales);
/// value = code * scale * (1 / 127), in this order, in float32.
Status dequantizeRows8(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, float* out);
Status dequantizeRows8ToBf16(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, std::uint16_t* out);

} // namespace falconer::kernels
