// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/optimizer.h"

namespace falconer {

/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) in float32, by LibTorch's fused kernel; torch.optim.AdamW's
/// arithmetic.
class AdamW : public Optimizer {
public:
    AdamW(std::vector<TrainableTensor> parameters, const OptimizerOptions& options);

    void setStepsDone(std::int64_t steps) override;
    std::vector<OptimizerState> states() override;

private:
    /// Parameters that share one weight decay, in the fused kernel's form.
    struct Group {
        double weightDecay = 0;
        std::vector<at::Tensor> parameters;
        std::vector<at::Tensor> first;
        std::vector<at::Tensor> second;
        std::vector<at::Tensor> steps; ///< one float scalar a parameter
    };

    void update(double learningRate) override;

    OptimizerOptions m_options;
    std::vector<at::Tensor> m_first; ///< by parameter; the groups' lists hold the same tensors
    std::vector<at::Tensor> m_second;
    std::vector<Group> m_groups;
};

} // namespace falconer
