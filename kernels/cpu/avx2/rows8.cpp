// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/avx2/ops.h"
#include "kernels/cpu/avx2/vectors.h"

namespace falconer::kernels::avx2 {
namespace {

/// rowValue8() of 8 codes.
__m256 values8(const std::int8_t* codes, __m256 scale)
{
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(codes));
    const __m256 integers = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
    return _mm256_mul_ps(_mm256_mul_ps(integers, scale), _mm256_set1_ps(7.874015718698502e-3F));
}

} // namespace

void quantizeRows8(const float* x, std::int64_t rows, std::int64_t columns, std::int8_t* codes, float* scales)
{
    const std::int64_t even = columns / 8 * 8;
    // the lowest byte of each of four integers; what is not finite converts to 0x80000000, whose lowest byte is 0
    const __m256i lowest = _mm256_setr_epi8(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, //
        0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    for (std::int64_t row = 0; row < rows; ++row, x += columns, codes += columns) {
        std::uint32_t largest = largestMagnitude(x, even);
        for (std::int64_t i = even; i < columns; ++i)
            largest = magnitude(x[i]) > largest ? magnitude(x[i]) : largest;
        scales[row] = floatOf(largest);
        const float factor = rowFactor8(scales[row]);
        for (std::int64_t i = 0; i < even; i += 8) {
            const __m256 product = _mm256_mul_ps(_mm256_loadu_ps(x + i), _mm256_set1_ps(factor));
            const __m256i bytes = _mm256_shuffle_epi8(_mm256_cvtps_epi32(product), lowest);
            const __m128i eight = _mm_unpacklo_epi32(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1));
            _mm_storel_epi64(reinterpret_cast<__m128i*>(codes + i), eight);
        }
        for (std::int64_t i = even; i < columns; ++i)
            codes[i] = rowCode8(x[i], factor);
    }
}

void dequantizeRows8(const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, float* out)
{
    const std::int64_t even = columns / 8 * 8;
    for (std::int64_t row = 0; row < rows; ++row, codes += columns, out += columns) {
        const __m256 scale = _mm256_set1_ps(scales[row]);
        for (std::int64_t i = 0; i < even; i += 8)
            _mm256_storeu_ps(out + i, values8(codes + i, scale));
        for (std::int64_t i = even; i < columns; ++i)
            out[i] = rowValue8(codes[i], scales[row]);
    }
}

void dequantizeRows8ToBf16(
    const std::int8_t* codes, const float* scales, std::int64_t rows, std::int64_t columns, std::uint16_t* out)
{
    const std::int64_t even = columns / 16 * 16;
    for (std::int64_t row = 0; row < rows; ++row, codes += columns, out += columns) {
        const __m256 scale = _mm256_set1_ps(scales[row]);
        for (std::int64_t i = 0; i < even; i += 16)
            _mm256_storeu_si256(
                reinterpret_cast<__m256i*>(out + i), toBf16(values8(codes + i, scale), values8(codes + i + 8, scale)));
        for (std::int64_t i = even; i < columns; ++i)
            out[i] = kernels::toBf16(rowValue8(codes[i], scales[row]));
    }
}

} // namespace falconer::kernels::avx2
