// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/optimizer.h"

namespace falconer {

/// Lion (Chen et al., arXiv 2302.06675) with float32 state: bitsandbytes' Lion, which Trainer calls lion_32bit. Trainer
/// hands it Adam's betas, so beta2 is 0.999 unless set; the paper's is 0.99.
class Lion : public Optimizer {
public:
    Lion(std::vector<TrainableTensor> parameters, const OptimizerOptions& options);

    std::vector<OptimizerState> states() override;

private:
    void update(double learningRate) override;

    OptimizerOptions m_options;
    std::vector<at::Tensor> m_momentum;
};

} // namespace falconer
