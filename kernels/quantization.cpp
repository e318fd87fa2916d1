// SPDX-License-Identifier: Apache-2.0
#include "kernels/quantization.h"
#include "kernels/backend.h"
#include "kernels/math/codebooks.h"
#include "kernels/math/dynamic_map.h"

#include <limits>

namespace falconer::kernels {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

bool goodCode(Code4 code) { return code == Code4::nf4 || code == Code4::fp4; }

bool goodBlockSize(std::int64_t size) { return size >= 32 && size <= 4096 && (size & (size - 1)) == 0; }

bool goodScales(const BlockScales& scales)
{
    return scales.absmax != nullptr || (scales.codes != nullptr && scales.absmax2 != nullptr && scales.map != nullptr);
}

/// The last block's end must be representable.
bool goodRange(std::int64_t first, std::int64_t count, std::int64_t blockSize)
{
    return first >= 0 && first % 2 == 0 && count >= 0 && first <= kMost - blockSize
        && count <= kMost - blockSize - first;
}

bool goodMatrix(std::int64_t rows, std::int64_t columns)
{
    return rows >= 0 && columns >= 0 && (columns == 0 || rows <= kMost / columns);
}

template <typename Out>
Status checkDequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, const Out* out)
{
    if (!goodCode(code) || !goodBlockSize(blockSize) || !goodRange(first, count, blockSize))
        return Status::badArgument;
    if (count != 0 && (codes == nullptr || !goodScales(scales) || out == nullptr))
        return Status::badArgument;
    return Status::ok;
}

Status checkRows8(const void* in, const void* scales, std::int64_t rows, std::int64_t columns, const void* out)
{
    if (!goodMatrix(rows, columns))
        return Status::badArgument;
    if (rows != 0 && scales == nullptr)
        return Status::badArgument;
    if (rows != 0 && columns != 0 && (in == nullptr || out == nullptr))
        return Status::badArgument;
    return Status::ok;
}

} // namespace

const float* codebook(Code4 code) { return table4(code).values; }

const float* dynamicMap() { return kDynamicMap; }

Status quantize4(Code4 code, const float* x, std::int64_t n, std::int64_t blockSize, std::uint8_t* codes, float* absmax)
{
    if (!goodCode(code) || !goodBlockSize(blockSize) || n < 0 || n > kMost - blockSize)
        return Status::badArgument;
    if (n != 0 && (x == nullptr || codes == nullptr || absmax == nullptr))
        return Status::badArgument;
    if (n != 0)
        activeBackend().quantize4(code, x, n, blockSize, codes, absmax);
    return Status::ok;
}

Status quantizeScales(const float* absmax, std::int64_t blocks, std::uint8_t* codes, float* absmax2, float* offset)
{
    if (blocks < 0 || blocks > kMost - kScaleGroup || offset == nullptr)
        return Status::badArgument;
    if (blocks != 0 && (absmax == nullptr || codes == nullptr || absmax2 == nullptr))
        return Status::badArgument;
    activeBackend().quantizeScales(absmax, blocks, codes, absmax2, offset);
    return Status::ok;
}

Status dequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, float* out)
{
    const Status status = checkDequantize4(code, codes, scales, blockSize, first, count, out);
    if (status == Status::ok && count != 0)
        activeBackend().dequantize4(code, codes, scales, blockSize, first, count, out);
    return status;
}

Status dequantize4ToBf16(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, std::uint16_t* out)
{
    const Status status = checkDequantize4(code, codes, scales, blockSize, first, count, out);
    if (status == Status::ok && count != 0)
        activeBackend().dequantize4ToBf16(code, codes, scales, blockSize, first, count, out);
    return status;
}

Status quantizeRows8(const float* x, std::int64_t rows, std::int64_t columns, std::int8_t* codes, float* scales)
{
    const Status status = checkRows8(x, scales, rows, columns, codes);
    if (status == Status::ok)
        activeBackend().quantizeRows8(x, rows, columns, codes, scales);
    return status;
}

Status dequantizeRows8(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, float* out)
{
    const Status status = checkRows8(codes, scales, rows, columns, out);
    if (status == Status::ok)
        activeBackend().dequantizeRows8(codes, scales, rows, columns, out);
    return status;
}

Status dequantizeRows8ToBf16(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, std::uint16_t* out)
{
    const Status status = checkRows8(codes, scales, rows, columns, out);
    if (status == Status::ok)
        activeBackend().dequantizeRows8ToBf16(codes, scales, rows, columns, out);
    return status;
}

} // namespace falconer::kernels
