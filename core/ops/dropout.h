// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace falconer {

/// Inverted dropout with probability `probability` in [0, 1), differentiable. On the CPU one number drawn from
/// `generator` seeds a mask that is never stored: backward makes it again. LibTorch's own draws serially, which cost a
/// fifth of a step. Elsewhere LibTorch's operators draw a mask from `generator`.
at::Tensor dropout(const at::Tensor& x, double probability, at::Generator& generator);

} // namespace falconer
