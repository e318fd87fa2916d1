// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/status.h"

#include <cstdint>

namespace falconer::kernels {

/// Inverted dropout (Srivastava et al., 2014) without a stored mask: element i of a tensor survives, scaled by 1 /
/// keep, when a hash of (seed, i) falls below keep. Forward and backward are the same call with the same seed. Works on
/// elements [first, first + count) of the tensor; x and out point at the first of them and may be the same. keep is in
/// (0, 1]. Single-threaded; the result does not depend on how a tensor is cut between threads.
Status dropout(std::uint64_t seed, std::int64_t first, std::int64_t count, double keep, const float* x, float* out);

} // namespace falconer::kernels
