// SPDX-License-Identifier: Apache-2.0
#include "core/model/rotary.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace falconer {

namespace {

at::Tensor inverseFrequencies(const ModelSpec& spec, std::int64_t positions, double theta)
{
    const RopeSpec& rope = spec.rope;
    const auto d = static_cast<double>(spec.headDim);
    if (rope.type == "dynamic" && positions > rope.originalContext) {
        const double stretch = rope.factor * static_cast<double>(positions) / static_cast<double>(rope.originalContext)
            - (rope.factor - 1);
        theta *= std::pow(stretch, d / (d - 2));
    }
    const at::Tensor exponents = at::arange(0, spec.headDim, 2, at::kLong).to(at::kFloat) / d;
    return at::pow(at::scalar_tensor(theta, at::kFloat), exponents).reciprocal();
}

at::Tensor llama3Frequencies(const RopeSpec& rope, const at::Tensor& plain)
{
    const auto context = static_cast<double>(rope.originalContext);
    const at::Tensor wavelength = 2 * std::numbers::pi / plain;
    const at::Tensor smooth
        = (context / wavelength - rope.lowFrequencyFactor) / (rope.highFrequencyFactor - rope.lowFrequencyFactor);
    const at::Tensor middle = (1 - smooth) * plain / rope.factor + smooth * plain;
    at::Tensor scaled = at::where(wavelength > context / rope.lowFrequencyFactor, plain / rope.factor, plain);
    const at::Tensor isMiddle = (wavelength >= context / rope.highFrequencyFactor)
                                    .logical_and(wavelength <= context / rope.lowFrequencyFactor);
    return at::where(isMiddle, middle, scaled);
}

at::Tensor yarnFrequencies(const ModelSpec& spec, const at::Tensor& plain)
{
    const RopeSpec& rope = spec.rope;
    const auto d = static_cast<double>(spec.headDim);
    const auto dimension = [&](double rotations) {
        return d * std::log(static_cast<double>(rope.originalContext) / (rotations * 2 * std::numbers::pi))
            / (2 * std::log(rope.theta));
    };
    double low = std::max(std::floor(dimension(rope.betaFast)), 0.0);
    double high = std::min(std::ceil(dimension(rope.betaSlow)), d - 1);
    if (low == high)
        high += 0.001;
    const at::Tensor ramp = ((at::arange(spec.headDim / 2, at::kFloat) - low) / (high - low)).clamp(0, 1);
    return plain / rope.factor * ramp + plain * (1 - ramp);
}

double attentionFactor(const RopeSpec& rope)
{
    if (rope.attentionFactor > 0)
        return rope.attentionFactor;
    if (rope.type == "yarn" && rope.factor > 1)
        return 0.1 * std::log(rope.factor) + 1;
    return 1;
}

} // namespace

RotaryTables rotaryTables(const ModelSpec& spec, std::int64_t positions, const at::TensorOptions& options)
{
    const at::NoGradGuard noGrad;
    const RopeSpec& rope = spec.rope;
    at::Tensor frequencies = inverseFrequencies(spec, positions, rope.theta);
    if (rope.type == "linear")
        frequencies = frequencies / rope.factor;
    else if (rope.type == "llama3")
        frequencies = llama3Frequencies(rope, frequencies);
    else if (rope.type == "yarn")
        frequencies = yarnFrequencies(spec, frequencies);
    else if (rope.type == "divisors")
        frequencies = frequencies / at::tensor(at::ArrayRef<float>(rope.divisors));
    const at::Tensor angles = at::outer(at::arange(positions, at::kFloat), frequencies);
    const double factor = attentionFactor(rope);
    return {(angles.cos() * factor).to(options), (angles.sin() * factor).to(options)};
}

at::Tensor rotate(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin)
{
    const auto halves = x.chunk(2, -1);
    return at::cat({halves[0] * cos - halves[1] * sin, halves[1] * cos + halves[0] * sin}, -1);
}

at::Tensor alibiBias(const ModelSpec& spec, std::int64_t positions, const at::TensorOptions& options)
{
    const at::NoGradGuard noGrad;
    const auto power = static_cast<std::int64_t>(std::pow(2.0, std::floor(std::log2(static_cast<double>(spec.heads)))));
    const double base = std::pow(2.0, -std::pow(2.0, -(std::log2(static_cast<double>(power)) - 3)));
    std::vector<float> slopes;
    for (std::int64_t i = 1; i <= power; ++i)
        slopes.push_back(static_cast<float>(std::pow(base, static_cast<double>(i))));
    const double extra = std::pow(2.0, -std::pow(2.0, -(std::log2(2.0 * static_cast<double>(power)) - 3)));
    for (std::int64_t i = 1; static_cast<std::int64_t>(slopes.size()) < spec.heads; i += 2)
        slopes.push_back(static_cast<float>(std::pow(extra, static_cast<double>(i))));
    const at::Tensor slope = at::tensor(at::ArrayRef<float>(slopes)).to(at::kBFloat16).unsqueeze(1);
    const at::Tensor position = at::arange(positions, at::kLong).to(at::kBFloat16).unsqueeze(0);
    const at::Tensor bias = (slope * position).to(options.dtype()) / std::sqrt(static_cast<double>(spec.headDim));
    return bias.view({1, spec.heads, 1, positions}).to(options.device());
}

} // namespace falconer
