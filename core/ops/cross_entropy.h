// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace falconer {

/// Sum of the cross entropies of hidden · headᵀ against targets, as a float32 scalar; hidden [n, h], head [V, h],
/// targets int64 [n], all valid ids. The logits exist only for a chunk of rows at a time (at most kLogitRows), rounded
/// to hidden's type and upcast as the reference does. The head is usually frozen; the gradients to hidden and to the
/// head are made in the same pass, each when it is needed.
at::Tensor frozenCrossEntropy(const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets);

/// Rows of logits held at once: 128 rows of Falcon's 65,024 float32 logits are 32 MiB.
inline constexpr std::int64_t kLogitRows = 128;

} // namespace falconer
