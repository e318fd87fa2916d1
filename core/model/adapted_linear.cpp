// SPDX-License-Identifier: Apache-2.0
#include "core/model/adapted_linear.h"

#include "core/model/lora_init.h"
#include "core/ops/dropout.h"
#include "core/ops/frozen_linear.h"

#include <ATen/ATen.h>

namespace falconer {

at::Tensor baseLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight, const at::Tensor& bias)
{
    return weight->type == WeightType::plain ? at::linear(x, weight->dense, bias) : frozenLinear(x, weight, bias);
}

namespace {

/// A quantized weight keeps what PiSSA or OLoRA start from, and it is subtracted here instead: quantizing W − B·A would
/// lose something else than quantizing W did, and the adapter that is handed over would no longer fit the user's model.
bool subtractsStart(const FrozenWeight& weight, const LoraPair& pair)
{
    return pair.initialA.defined() && weight.type != WeightType::plain;
}

/// The weight under the pair: without what the pair started from.
at::Tensor weightUnder(const FrozenWeight& weight, const LoraPair& pair)
{
    const at::Tensor dense = dequantize(weight, at::kFloat);
    return subtractsStart(weight, pair) ? residual(pair, dense) : dense;
}

at::Tensor linearUnder(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight, const at::Tensor& bias,
    const LoraPair& pair)
{
    at::Tensor y = baseLinear(x, weight, bias);
    if (!subtractsStart(*weight, pair))
        return y;
    const at::ScalarType type = x.scalar_type();
    return y.addmm_(at::linear(x, pair.initialA.to(type)) * -pair.scale, pair.initialB.to(type).t());
}

} // namespace

at::Tensor startMagnitude(const FrozenWeight& weight, const LoraPair& pair)
{
    return weightNorms(pair, weightUnder(weight, pair));
}

at::Tensor adaptedLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight, const at::Tensor& bias,
    const LoraPair& pair, double probability, std::optional<at::Generator>& generator)
{
    const at::ScalarType type = x.scalar_type();
    const bool drops = probability > 0 && generator;
    const at::Tensor input = drops ? dropout(x, probability, *generator) : x;
    const at::Tensor low = at::linear(input, pair.a.to(type)) * pair.scale;
    const at::Tensor up = pair.b.to(type).t();
    if (!pair.magnitude.defined())
        return linearUnder(x, weight, bias, pair).addmm_(low, up);

    // The whole of W + scale · B · A exists for the moment of its norm; the reference does that too.
    const at::Tensor gain = pair.magnitude / weightNorms(pair, weightUnder(*weight, pair));
    if (!drops) {
        const at::Tensor y = (linearUnder(x, weight, {}, pair).addmm_(low, up) * gain).to(type);
        return bias.defined() ? y + bias : y;
    }
    const at::Tensor dropped = linearUnder(input, weight, {}, pair);
    const at::Tensor change = (at::addmm(dropped, low, up) * gain).to(type) - dropped;
    return linearUnder(x, weight, bias, pair) + change;
}

at::Tensor unadaptedLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight,
    const at::Tensor& bias, const LoraPair& pair)
{
    at::Tensor y = baseLinear(x, weight, bias);
    if (!pair.initialA.defined() || subtractsStart(*weight, pair))
        return y;
    const at::ScalarType type = x.scalar_type();
    return at::addmm(y, at::linear(x, pair.initialA.to(type)) * pair.scale, pair.initialB.to(type).t());
}

} // namespace falconer
