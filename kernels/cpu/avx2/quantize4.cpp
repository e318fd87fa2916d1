// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/avx2/ops.h"
#include "kernels/cpu/avx2/vectors.h"
#include "kernels/cpu/scalar/ops.h"
#include "kernels/math/codebooks.h"

namespace falconer::kernels::avx2 {
namespace {

/// 32 weights to 16 bytes.
__m128i quantize32(const float* x, __m256 reciprocal, const __m256* pivots, __m256i codeOfRank)
{
    __m256 scaled[4];
    __m256i rank[4];
    for (int v = 0; v < 4; ++v) {
        scaled[v] = _mm256_mul_ps(_mm256_loadu_ps(x + 8 * v), reciprocal);
        rank[v] = _mm256_setzero_si256();
    }
    for (int k = 0; k < 15; ++k)
        for (int v = 0; v < 4; ++v) // a true comparison is -1
            rank[v] = _mm256_sub_epi32(rank[v], _mm256_castps_si256(_mm256_cmp_ps(pivots[k], scaled[v], _CMP_NGE_UQ)));
    // the packs work within 128-bit halves: the 4-byte groups come out as 0 2 4 6 1 3 5 7
    const __m256i ranks
        = _mm256_packus_epi16(_mm256_packs_epi32(rank[0], rank[1]), _mm256_packs_epi32(rank[2], rank[3]));
    const __m256i inOrder = _mm256_permutevar8x32_epi32(ranks, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
    const __m256i codes = _mm256_shuffle_epi8(codeOfRank, inOrder);
    const __m256i pairs = _mm256_maddubs_epi16(codes, _mm256_set1_epi16(0x0110)); // 16 * even + odd
    return _mm_packus_epi16(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256(pairs, 1));
}

} // namespace

void quantize4(Code4 code, const float* x, std::int64_t n, std::int64_t blockSize, std::uint8_t* codes, float* absmax)
{
    const Code4Table& table = table4(code);
    __m256 pivots[15];
    for (int k = 0; k < 15; ++k)
        pivots[k] = _mm256_set1_ps(table.pivots[k]);
    const __m256i codeOfRank
        = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.codeOfRank)));
    std::int64_t begin = 0;
    for (; n - begin >= blockSize; begin += blockSize) {
        const float largest = floatOf(largestMagnitude(x + begin, blockSize));
        *absmax++ = largest;
        const __m256 reciprocal = _mm256_set1_ps(1.0F / raisedScale(largest));
        for (std::int64_t i = begin; i < begin + blockSize; i += 32)
            _mm_storeu_si128(
                reinterpret_cast<__m128i*>(codes + i / 2), quantize32(x + i, reciprocal, pivots, codeOfRank));
    }
    scalar::quantize4(code, x + begin, n - begin, blockSize, codes + begin / 2, absmax); // a short last block
}

} // namespace falconer::kernels::avx2
