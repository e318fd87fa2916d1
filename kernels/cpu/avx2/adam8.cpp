// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/avx2/ops.h"
#include "kernels/math/optimizer8_math.h"

#include <immintrin.h>

namespace falconer::kernels::avx2 {
namespace {

constexpr std::int64_t kLanes = 8;

/// map[code] * absmax of 8 codes.
__m256 decode8(const std::uint8_t* codes, const float* map, __m256 absmax)
{
    const __m256i indices = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(codes)));
    return _mm256_mul_ps(_mm256_i32gather_ps(map, indices, sizeof(float)), absmax);
}

/// The largest |values[0..n)|, n a multiple of 8. The maximum's second operand wins over a NaN in the first.
float largestSize(const float* values, std::int64_t n)
{
    const __m256 mask = _mm256_castsi256_ps(_mm256_set1_epi32(0x7FFFFFFF));
    __m256 largest = _mm256_setzero_ps();
    for (std::int64_t i = 0; i < n; i += kLanes)
        largest = _mm256_max_ps(_mm256_and_ps(_mm256_loadu_ps(values + i), mask), largest);
    alignas(32) float lanes[kLanes];
    _mm256_store_ps(lanes, largest);
    float result = 0;
    for (const float lane : lanes)
        result = largerSize(result, lane);
    return result;
}

void encode(const float* values, std::int64_t n, const std::uint8_t* codesOfBin, std::uint8_t* codes, float* absmax)
{
    const std::int64_t even = n / kLanes * kLanes;
    float largest = largestSize(values, even);
    for (std::int64_t i = even; i < n; ++i)
        largest = largerSize(largest, values[i]);
    *absmax = largest;
    if (largest == 0) {
        for (std::int64_t i = 0; i < n; ++i)
            codes[i] = 0;
        return;
    }
    const float reciprocal = 1.0F / largest;
    for (std::int64_t i = 0; i < even; i += kLanes) {
        __m256 x = _mm256_mul_ps(_mm256_loadu_ps(values + i), _mm256_set1_ps(reciprocal));
        x = _mm256_min_ps(_mm256_max_ps(x, _mm256_set1_ps(-1)), _mm256_set1_ps(1)); // NaN becomes -1
        const __m256 half = _mm256_mul_ps(_mm256_add_ps(x, _mm256_set1_ps(1)), _mm256_set1_ps(0.5F));
        const __m256 bin = _mm256_fmadd_ps(half, _mm256_set1_ps(65535), _mm256_set1_ps(0.5F));
        alignas(32) std::uint32_t bins[kLanes];
        _mm256_store_si256(reinterpret_cast<__m256i*>(bins), _mm256_cvttps_epi32(bin));
        for (std::int64_t lane = 0; lane < kLanes; ++lane)
            codes[i + lane] = codesOfBin[bins[lane]];
    }
    for (std::int64_t i = even; i < n; ++i)
        codes[i] = codesOfBin[binOf(values[i] * reciprocal)];
}

} // namespace

void adam8(const AdamStep& step, const float* gradient, float* parameter, std::int64_t n, const State8& first,
    const State8& second)
{
    const std::uint8_t* signedCodes = codesOfBins(StateMap::isSigned);
    const std::uint8_t* unsignedCodes = codesOfBins(StateMap::isUnsigned);
    const __m256 beta1 = _mm256_set1_ps(step.beta1);
    const __m256 oneMinusBeta1 = _mm256_set1_ps(step.oneMinusBeta1);
    const __m256 beta2 = _mm256_set1_ps(step.beta2);
    const __m256 oneMinusBeta2 = _mm256_set1_ps(step.oneMinusBeta2);
    const __m256 correction2 = _mm256_set1_ps(step.correction2);
    const __m256 epsilon = _mm256_set1_ps(step.epsilon);
    const __m256 keep = _mm256_set1_ps(step.keep);
    const __m256 negativeRate = _mm256_set1_ps(step.negativeRate);
    float m[kStateBlock];
    float v[kStateBlock];
    for (std::int64_t block = 0, begin = 0; begin < n; ++block, begin += kStateBlock) {
        const std::int64_t count = n - begin < kStateBlock ? n - begin : kStateBlock;
        const std::int64_t even = count / kLanes * kLanes;
        std::uint8_t* codes1 = first.codes + begin;
        std::uint8_t* codes2 = second.codes + begin;
        const float* g = gradient + begin;
        float* p = parameter + begin;
        const __m256 absmax1 = _mm256_set1_ps(first.absmax[block]);
        const __m256 absmax2 = _mm256_set1_ps(second.absmax[block]);
        for (std::int64_t i = 0; i < even; i += kLanes) { // adamElement() of 8
            const __m256 g8 = _mm256_loadu_ps(g + i);
            const __m256 m8
                = _mm256_fmadd_ps(g8, oneMinusBeta1, _mm256_mul_ps(decode8(codes1 + i, kDynamicMap, absmax1), beta1));
            const __m256 v8 = _mm256_fmadd_ps(_mm256_mul_ps(oneMinusBeta2, g8), g8,
                _mm256_mul_ps(decode8(codes2 + i, kUnsignedDynamicMap, absmax2), beta2));
            const __m256 denominator = _mm256_add_ps(_mm256_div_ps(_mm256_sqrt_ps(v8), correction2), epsilon);
            const __m256 change = _mm256_div_ps(_mm256_mul_ps(negativeRate, m8), denominator);
            _mm256_storeu_ps(p + i, _mm256_add_ps(_mm256_mul_ps(_mm256_loadu_ps(p + i), keep), change));
            _mm256_storeu_ps(m + i, m8);
            _mm256_storeu_ps(v + i, v8);
        }
        for (std::int64_t i = even; i < count; ++i) {
            m[i] = kDynamicMap[codes1[i]] * first.absmax[block];
            v[i] = kUnsignedDynamicMap[codes2[i]] * second.absmax[block];
            adamElement(step, g[i], p[i], m[i], v[i]);
        }
        encode(m, count, signedCodes, codes1, first.absmax + block);
        encode(v, count, unsignedCodes, codes2, second.absmax + block);
    }
}

} // namespace falconer::kernels::avx2
