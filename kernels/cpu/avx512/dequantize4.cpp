// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/avx512/ops.h"
#include "kernels/math/codebooks.h"
#include "kernels/math/quantization_math.h"

#include <immintrin.h>

namespace falconer::kernels::avx512 {
namespace {

/// A block has 16 possible results, so the multiplication (and for bfloat16 the rounding) is done on the code book,
/// once a block; the elements are then looked up, 16 or 32 with one permutation.
__m512 scaled(const float* values, float scale)
{
    return _mm512_mul_ps(_mm512_loadu_ps(values), _mm512_set1_ps(scale));
}

/// toBf16() of 16 floats. AVX512-BF16's own conversion flushes denormals and keeps NaN's payload, so it would not be
/// bit-identical; once a block it would save nothing either.
__m256i roundToBf16(__m512 x)
{
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i raised = _mm512_add_epi32(_mm512_add_epi32(bits, _mm512_set1_epi32(0x7FFF)), odd);
    const __mmask16 nan = _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q);
    return _mm512_cvtepi32_epi16(_mm512_mask_mov_epi32(_mm512_srli_epi32(raised, 16), nan, _mm512_set1_epi32(0x7FC0)));
}

/// 32 codes in element order from 16 bytes.
__m256i unpack32(const std::uint8_t* codes)
{
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes));
    const __m256i words = _mm256_cvtepu8_epi16(bytes);
    // the low byte of a word comes first in memory, so the high nibble (the even element) goes there
    return _mm256_or_si256(
        _mm256_srli_epi16(words, 4), _mm256_slli_epi16(_mm256_and_si256(words, _mm256_set1_epi16(15)), 8));
}

} // namespace

void dequantize4(Code4 code, const std::uint8_t* codes, const BlockScales& scales, std::int64_t blockSize,
    std::int64_t first, std::int64_t count, float* out)
{
    const float* values = table4(code).values;
    forEachBlock(scales, blockSize, first, count, [&](float scale, std::int64_t begin, std::int64_t end) {
        const __m512 book = scaled(values, scale);
        std::int64_t i = begin;
        for (; i + 32 <= end; i += 32) {
            const __m256i index = unpack32(codes + i / 2);
            const __m512i low = _mm512_cvtepu8_epi32(_mm256_castsi256_si128(index));
            const __m512i high = _mm512_cvtepu8_epi32(_mm256_extracti128_si256(index, 1));
            float* to = out + (i - first);
            _mm512_storeu_ps(to, _mm512_permutexvar_ps(low, book));
            _mm512_storeu_ps(to + 16, _mm512_permutexvar_ps(high, book));
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
        const __m512i book = _mm512_castsi256_si512(roundToBf16(scaled(values, scale)));
        std::int64_t i = begin;
        for (; i + 32 <= end; i += 32) {
            const __m512i index = _mm512_cvtepu8_epi16(unpack32(codes + i / 2));
            _mm512_storeu_si512(out + (i - first), _mm512_permutexvar_epi16(index, book));
        }
        for (; i < end; ++i)
            out[i - first] = toBf16(values[nibble(codes, i)] * scale);
    });
}

} // namespace falconer::kernels::avx512
