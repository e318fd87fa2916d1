// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/scalar/ops.h"
#include "kernels/math/codebooks.h"
#include "kernels/math/quantization_math.h"

namespace falconer::kernels::scalar {

void quantize4(Code4 code, const float* x, std::int64_t n, std::int64_t blockSize, std::uint8_t* codes, float* absmax)
{
    const Code4Table& table = table4(code);
    for (std::int64_t begin = 0; begin < n; begin += blockSize) {
        const bool whole = n - begin >= blockSize;
        const std::int64_t end = whole ? begin + blockSize : n;
        std::uint32_t largest = 0;
        for (std::int64_t i = begin; i < end; ++i)
            largest = magnitude(x[i]) > largest ? magnitude(x[i]) : largest;
        const float scale = raisedScale(floatOf(largest));
        const float reciprocal = 1.0F / scale;
        // the reference stores a short last block's scale raised, and divides by it where whole blocks multiply
        *absmax++ = whole ? floatOf(largest) : scale;
        for (std::int64_t i = begin; i < end; i += 2) {
            unsigned pair[2];
            for (std::int64_t k = 0; k < 2; ++k) {
                float scaled = 0; // what pads an odd tail
                if (i + k < end)
                    scaled = whole ? x[i + k] * reciprocal : x[i + k] / scale;
                pair[k] = table.codeOfRank[rank4(table.pivots, scaled)];
            }
            *codes++ = static_cast<std::uint8_t>(pair[0] << 4U | pair[1]);
        }
    }
}

} // namespace falconer::kernels::scalar
