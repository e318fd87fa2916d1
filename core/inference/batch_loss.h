// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/batches.h"

#include <ATen/core/Tensor.h>

namespace falconer {

class Decoder;

/// Sum of the cross entropies of a batch's targets, a float32 scalar with gradients to the adapter. Only positions that
/// predict a target meet the output matrix.
at::Tensor batchLoss(Decoder& decoder, const Batch& batch);

} // namespace falconer
