// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/math/portable.h"
#include "kernels/math/quantization_math.h"
#include "kernels/optimizer8.h"

#include <math.h> // not <cmath>, whose inline functions would have external linkage

/// One element at a time, with the roundings of PyTorch 2.15's vectorized CPU kernels, which bitsandbytes' CPU path
/// calls: add and addcmul end in a fused multiply-add, so the states are the reference's bit for bit. A parameter may
/// differ in its last bit, since PyTorch takes the square root from a library that does not round it correctly. Every
/// back end's result is bit-identical.
namespace falconer::kernels {

FALCONER_HD static inline void adamElement(const AdamStep& step, float gradient, float& parameter, float& m, float& v)
{
    m = fmaf(gradient, step.oneMinusBeta1, m * step.beta1);
    v = fmaf(step.oneMinusBeta2 * gradient, gradient, v * step.beta2);
    const float denominator = sqrtf(v) / step.correction2 + step.epsilon;
    const float kept = parameter * step.keep;
    parameter = kept + step.negativeRate * m / denominator;
}

/// |value| joins a block's absmax; NaN is passed over, as in the reference.
FALCONER_HD static inline float largerSize(float largest, float value)
{
    const float size = fabsf(value);
    return largest < size ? size : largest;
}

} // namespace falconer::kernels
