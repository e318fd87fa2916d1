// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <functional>
#include <optional>

namespace falconer {

/// function(x), of which nothing but x is kept for the backward pass: there it is evaluated again, with the random
/// numbers of the first time (gradient checkpointing; Chen et al., arXiv 1604.06174). Gradients of tensors that
/// `function` holds, as an adapter's, arrive in their .grad. `generator` is the one that `function` draws from, if it
/// draws. Must be called where gradients are wanted; the result then always requires one.
at::Tensor recomputed(const std::function<at::Tensor(const at::Tensor&)>& function, const at::Tensor& x,
    const std::optional<at::Generator>& generator);

} // namespace falconer
