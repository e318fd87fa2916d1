// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"

namespace falconer {

/// What somebody outside asks of the training thread, which looks between two micro-batches. Lock-free, so a signal
/// handler may use it.
struct TrainControl {
    CancelFlag stop; ///< save and end
    CancelFlag suspend; ///< with stop: hand nothing over
    CancelFlag pause; ///< save and wait until it is lowered, or stop raised
    CancelFlag save; ///< write a checkpoint; the trainer lowers it
};

} // namespace falconer
