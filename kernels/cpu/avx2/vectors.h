// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/math/quantization_math.h"

#include <immintrin.h>

/// Helpers of the avx2 back end. Static, so no other translation unit can link to them.
namespace falconer::kernels::avx2 {

/// toBf16() of 8 floats, as 8 integers below 65,536.
static inline __m256i roundToBf16(__m256 x)
{
    const __m256i bits = _mm256_castps_si256(x);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i raised = _mm256_add_epi32(_mm256_add_epi32(bits, _mm256_set1_epi32(0x7FFF)), odd);
    const __m256i nan = _mm256_castps_si256(_mm256_cmp_ps(x, x, _CMP_UNORD_Q));
    return _mm256_blendv_epi8(_mm256_srli_epi32(raised, 16), _mm256_set1_epi32(0x7FC0), nan);
}

/// toBf16() of 16 floats, in order.
static inline __m256i toBf16(__m256 low, __m256 high)
{
    const __m256i packed = _mm256_packus_epi32(roundToBf16(low), roundToBf16(high));
    return _mm256_permute4x64_epi64(packed, 0b11011000); // the pack works within 128-bit halves
}

/// The largest magnitude() of x[0..n), n a multiple of 8.
static inline std::uint32_t largestMagnitude(const float* x, std::int64_t n)
{
    const __m256i mask = _mm256_set1_epi32(0x7FFFFFFF);
    __m256i largest = _mm256_setzero_si256();
    for (std::int64_t i = 0; i < n; i += 8)
        largest = _mm256_max_epu32(largest, _mm256_and_si256(_mm256_castps_si256(_mm256_loadu_ps(x + i)), mask));
    __m128i four = _mm_max_epu32(_mm256_castsi256_si128(largest), _mm256_extracti128_si256(largest, 1));
    four = _mm_max_epu32(four, _mm_shuffle_epi32(four, 0b01001110));
    four = _mm_max_epu32(four, _mm_shuffle_epi32(four, 0b10110001));
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(four));
}

/// 16 codes in element order from 8 bytes.
static inline __m128i unpack16(const std::uint8_t* codes)
{
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(codes));
    const __m128i low = _mm_set1_epi8(15);
    return _mm_unpacklo_epi8(_mm_and_si128(_mm_srli_epi16(bytes, 4), low), _mm_and_si128(bytes, low));
}

} // namespace falconer::kernels::avx2
