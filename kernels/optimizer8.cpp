// SPDX-License-Identifier: Apache-2.0
#include "kernels/optimizer8.h"
#include "kernels/backend.h"
#include "kernels/math/dynamic_map.h"
#include "kernels/math/quantization_math.h"

#include <array>
#include <cmath>
#include <limits>

namespace falconer::kernels {
namespace {

using Bins = std::array<std::uint8_t, kBins>;

Bins codesFor(const float* map)
{
    Bins codes{};
    for (std::uint32_t bin = 0; bin < kBins; ++bin)
        codes[bin] = codeOfBin(map, bin);
    return codes;
}

} // namespace

const float* unsignedDynamicMap() { return kUnsignedDynamicMap; }

const std::uint8_t* codesOfBins(StateMap map)
{
    static const Bins ofSigned = codesFor(kDynamicMap);
    static const Bins ofUnsigned = codesFor(kUnsignedDynamicMap);
    return map == StateMap::isSigned ? ofSigned.data() : ofUnsigned.data();
}

AdamStep adamStep(double rate, double beta1, double beta2, double epsilon, double weightDecay, std::int64_t step)
{
    const auto t = static_cast<double>(step);
    AdamStep factors;
    factors.beta1 = static_cast<float>(beta1);
    factors.oneMinusBeta1 = static_cast<float>(1.0 - beta1);
    factors.beta2 = static_cast<float>(beta2);
    factors.oneMinusBeta2 = static_cast<float>(1.0 - beta2);
    factors.correction2 = static_cast<float>(std::sqrt(1.0 - std::pow(beta2, t)));
    factors.epsilon = static_cast<float>(epsilon);
    factors.keep = static_cast<float>(1.0 - rate * weightDecay);
    factors.negativeRate = static_cast<float>(-rate / (1.0 - std::pow(beta1, t)));
    return factors;
}

Status adam8(const AdamStep& step, const float* gradient, float* parameter, std::int64_t n, const State8& first,
    const State8& second)
{
    if (n < 0 || n > std::numeric_limits<std::int64_t>::max() - kStateBlock)
        return Status::badArgument;
    if (n == 0)
        return Status::ok;
    for (const void* pointer : {static_cast<const void*>(gradient), static_cast<const void*>(parameter),
             static_cast<const void*>(first.codes), static_cast<const void*>(first.absmax),
             static_cast<const void*>(second.codes), static_cast<const void*>(second.absmax)})
        if (pointer == nullptr)
            return Status::badArgument;
    activeBackend().adam8(step, gradient, parameter, n, first, second);
    return Status::ok;
}

} // namespace falconer::kernels
