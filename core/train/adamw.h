// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace falconer {

/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) in float32, by LibTorch's fused kernel; torch.optim.AdamW's
/// arithmetic.
class AdamW {
public:
    AdamW(std::vector<at::Tensor> parameters, const TrainingSettings& training);

    void step(double learningRate);
    /// Drops the gradients.
    void clearGradients();
    /// Global L2 norm of the gradients; scales them so that it is at most `maximum` (0: leaves them), as
    /// torch.nn.utils.clip_grad_norm_ does.
    double clip(double maximum);

    // State, for checkpoints: one pair per parameter, and the steps done.
    std::vector<at::Tensor>& firstMoments() { return m_first; }
    std::vector<at::Tensor>& secondMoments() { return m_second; }
    void setStepsDone(std::int64_t steps);

private:
    std::vector<at::Tensor> gradients() const;

    std::vector<at::Tensor> m_parameters;
    std::vector<at::Tensor> m_first;
    std::vector<at::Tensor> m_second;
    std::vector<at::Tensor> m_steps; ///< one float scalar a parameter, as the fused kernel wants it
    double m_beta1;
    double m_beta2;
    double m_epsilon;
    double m_weightDecay;
};

} // namespace falconer
