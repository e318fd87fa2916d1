// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/lora.h"
#include "core/ops/frozen_weight.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <memory>
#include <optional>

namespace falconer {

/// x · Wᵀ (+ bias), x [n, in] -> [n, out] in x's type; gradients flow to x and to the bias.
at::Tensor baseLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight, const at::Tensor& bias);

/// A linear with its pair: y = base(x) + scale · B(A(dropout(x))), or with a magnitude (DoRA)
/// y = base(x) + (g − 1) · W · d + g · scale · B(A(d)), d = dropout(x), g = magnitude / ‖W + scale · B · A‖, the norm
/// taken as a constant. The masters are float32; products run in x's type, as under autocast. `dropout` 0, or no
/// generator: none.
at::Tensor adaptedLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight, const at::Tensor& bias,
    const LoraPair& pair, double dropout, std::optional<at::Generator>& generator);

/// DoRA's magnitude before training: ‖W + scale · B · A‖ of each output, [out] float32.
at::Tensor startMagnitude(const FrozenWeight& weight, const LoraPair& pair);

/// What the linear was before the adapter, with what PiSSA or OLoRA took out of its weight put back.
at::Tensor unadaptedLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight,
    const at::Tensor& bias, const LoraPair& pair);

} // namespace falconer
