// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/optimizer.h"

#include "kernels/optimizer8.h"

namespace falconer {

/// AdamW with moments in 8 bits, by blocks of 256 (Dettmers et al., arXiv 2110.02861): bitsandbytes 0.50.2's AdamW8bit
/// as it computes on a CPU, its weight decay before the update. Tensors below 4,096 elements and those with wideState
/// keep float32 moments. A GPU gets the same formula by LibTorch operations (bitsandbytes' own CUDA kernel decays after
/// the update, keeps the sign of a first moment and rounds to the nearest code, so it differs in the last code).
///
/// Paged: the same numbers. bitsandbytes leaves states in CUDA managed memory, which the driver moves on demand; here
/// the moments of tensors from 100,000 elements on lie in pinned host memory and pass through the GPU one tensor at a
/// time in each update, one after the other, so a step waits for the transfers. On a CPU there is nothing to page.
class AdamW8bit : public Optimizer {
public:
    AdamW8bit(std::vector<TrainableTensor> parameters, const OptimizerOptions& options, bool paged);

    std::vector<OptimizerState> states() override;
    /// Of one tensor of that size without wideState.
    static std::int64_t bytesFor(std::int64_t elements);

private:
    /// The moments of one parameter: floats, or codes with their blocks' absmax.
    struct Moments {
        at::Tensor first;
        at::Tensor second;
        at::Tensor absmax1; ///< [ceil(elements / 256)]; undefined for float moments
        at::Tensor absmax2;
    };

    void update(double learningRate) override;

    OptimizerOptions m_options;
    std::vector<Moments> m_moments;
};

/// kernels::adam8() by LibTorch operations, for devices without that kernel; a tensor's codes have its shape. The last
/// bit of a moment may differ where the device fuses a multiply and an add that the CPU does not.
void adam8ByTensors(const kernels::AdamStep& step, const at::Tensor& gradient, at::Tensor parameter, at::Tensor codes1,
    at::Tensor absmax1, at::Tensor codes2, at::Tensor absmax2);

} // namespace falconer
