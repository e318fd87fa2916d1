// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ops/frozen_weight.h"

#include <memory>

namespace falconer {

/// y = x · Wᵀ (+ bias), x [n, in] -> [n, out] in x's type. The weight is dequantized for the call and again for
/// backward, so nothing dense is kept between them; gradients flow to x, and to the bias where it requires one.
at::Tensor frozenLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight, const at::Tensor& bias);

} // namespace falconer
