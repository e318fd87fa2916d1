// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/status.h"

#include <cstdint>

/// Adam with 8-bit states in blocks (Dettmers et al., arXiv 2110.02861), as bitsandbytes 0.50.2 computes it on a CPU.
/// A state's value is map[code] * absmax[block]; the first moment uses the signed dynamic map (dynamicMap() of
/// quantization.h), the second one the unsigned. States that start as zeros have absmax 0 and any codes.
namespace falconer::kernels {

inline constexpr std::int64_t kStateBlock = 256; ///< neighbouring elements of a state that share one absmax

/// bitsandbytes' unsigned dynamic map (256 values, ascending from 0).
const float* unsignedDynamicMap();

enum class StateMap { isSigned, isUnsigned };

/// The code of every one of the reference's 65,536 bins over [-1, 1]: an encoder that rounds a scaled value to its bin
/// (see binOf() in math/quantization_math.h) reads its code here. Made at the first call.
const std::uint8_t* codesOfBins(StateMap map);

/// The factors of one update, rounded to float32 where the reference rounds them.
struct AdamStep {
    float beta1 = 0;
    float oneMinusBeta1 = 0;
    float beta2 = 0;
    float oneMinusBeta2 = 0;
    float correction2 = 0; ///< sqrt(1 - beta2^t)
    float epsilon = 0;
    float keep = 0; ///< 1 - rate * weight decay: what the parameter is multiplied by before the update
    float negativeRate = 0; ///< -rate / (1 - beta1^t)
};

/// `step` counts from 1.
AdamStep adamStep(double rate, double beta1, double beta2, double epsilon, double weightDecay, std::int64_t step);

/// codes [n], absmax [ceil(n / 256)].
struct State8 {
    std::uint8_t* codes = nullptr;
    float* absmax = nullptr;
};

/// Updates parameter[0..n) and both states from gradient[0..n). Single-threaded; to split a tensor between threads, cut
/// at multiples of kStateBlock. An element whose gradient is NaN is left out of its block's absmax and gets code 0.
Status adam8(const AdamStep& step, const float* gradient, float* parameter, std::int64_t n, const State8& first,
    const State8& second);

} // namespace falconer::kernels
