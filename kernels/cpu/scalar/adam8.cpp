// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/scalar/ops.h"
#include "kernels/math/optimizer8_math.h"

#include <algorithm>

namespace falconer::kernels::scalar {
namespace {

/// Codes and absmax of one block's new values.
void encode(const float* values, std::int64_t n, const float* map, std::uint8_t* codes, float* absmax)
{
    float largest = 0;
    for (std::int64_t i = 0; i < n; ++i)
        largest = largerSize(largest, values[i]);
    *absmax = largest;
    const float reciprocal = 1.0F / largest;
    for (std::int64_t i = 0; i < n; ++i)
        codes[i] = largest == 0 ? 0 : codeOfBin(map, binOf(values[i] * reciprocal));
}

} // namespace

void adam8(const AdamStep& step, const float* gradient, float* parameter, std::int64_t n, const State8& first,
    const State8& second)
{
    float m[kStateBlock];
    float v[kStateBlock];
    for (std::int64_t block = 0, begin = 0; begin < n; ++block, begin += kStateBlock) {
        const std::int64_t count = std::min(n - begin, kStateBlock);
        std::uint8_t* codes1 = first.codes + begin;
        std::uint8_t* codes2 = second.codes + begin;
        for (std::int64_t i = 0; i < count; ++i) {
            m[i] = kDynamicMap[codes1[i]] * first.absmax[block];
            v[i] = kUnsignedDynamicMap[codes2[i]] * second.absmax[block];
            adamElement(step, gradient[begin + i], parameter[begin + i], m[i], v[i]);
        }
        encode(m, count, kDynamicMap, codes1, first.absmax + block);
        encode(v, count, kUnsignedDynamicMap, codes2, second.absmax + block);
    }
}

} // namespace falconer::kernels::scalar
