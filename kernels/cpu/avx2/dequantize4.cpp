// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/avx2/ops.h"
#include "kernels/cpu/avx2/vectors.h"
#include "kernels/math/codebooks.h"

namespace falconer::kernels::avx2 {
namespace {

/// A block has 16 possible results, so the multiplication (and for bfloat16 the rounding) is done on the code book,
/// once a block; the elements are then looked up. The products are the very ones of the scalar back end.
struct ScaledBook {
    __m256 low; ///< codes 0..7
    __m256 high; ///< codes 8..15
};

ScaledBook scaled(const float* values, float scale)
{
    const __m256 factor = _mm256_set1_ps(scale);
    return {_mm256_mul_ps(_mm256_loadu_ps(values), factor), _mm256_mul_ps(_mm256_loadu_ps(values + 8), factor)};
}

/// vpermps reads only three bits of an index; bit 3, shifted to the sign, picks the half.
__m256 lookUp(const ScaledBook& book, __m256i index)
{
    const __m256 half = _mm256_castsi256_ps(_mm256_slli_epi32(index, 28));
    return _mm256_blendv_ps(
        _mm256_permutevar8x32_ps(book.low, index), _mm256_permutevar8x32_ps(book.high, index), half);
}

} // namespace

void dequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, float* out)
{
    const float* values = table4(code).values;
    forEachBlock(scales, blockSize, first, count, [&](float scale, std::int64_t begin, std::int64_t end) {
        const ScaledBook book = scaled(values, scale);
        std::int64_t i = begin;
        for (; i + 16 <= end; i += 16) {
            const __m128i index = unpack16(codes + i / 2);
            float* to = out + (i - first);
            _mm256_storeu_ps(to, lookUp(book, _mm256_cvtepu8_epi32(index)));
            _mm256_storeu_ps(to + 8, lookUp(book, _mm256_cvtepu8_epi32(_mm_srli_si128(index, 8))));
        }
        for (; i < end; ++i)
            out[i - first] = values[nibble(codes, i)] * scale;
    });
}

void dequantize4ToBf16(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, std::uint16_t* out)
{
    const float* values = table4(code).values;
    forEachBlock(scales, blockSize, first, count, [&](float scale, std::int64_t begin, std::int64_t end) {
        const ScaledBook book = scaled(values, scale);
        const __m256i words = toBf16(book.low, book.high);
        // pshufb looks up bytes: one table of the 16 results' low bytes, one of their high bytes, in both halves
        const __m256i lowBytes = _mm256_and_si256(words, _mm256_set1_epi16(0xFF));
        const __m256i highBytes = _mm256_srli_epi16(words, 8);
        const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(lowBytes, highBytes), 0b11011000);
        const __m256i lowTable = _mm256_permute4x64_epi64(bytes, 0b01000100);
        const __m256i highTable = _mm256_permute4x64_epi64(bytes, 0b11101110);
        std::int64_t i = begin;
        for (; i + 16 <= end; i += 16) {
            // elements 0..7 to the lower half, 8..15 to the upper, so that the unpack leaves them in order
            const __m256i index = _mm256_permute4x64_epi64(_mm256_castsi128_si256(unpack16(codes + i / 2)), 0b01010000);
            const __m256i result
                = _mm256_unpacklo_epi8(_mm256_shuffle_epi8(lowTable, index), _mm256_shuffle_epi8(highTable, index));
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + (i - first)), result);
        }
        for (; i < end; ++i)
            out[i - first] = kernels::toBf16(values[nibble(codes, i)] * scale);
    });
}

} // namespace falconer::kernels::avx2
