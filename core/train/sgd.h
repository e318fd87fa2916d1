// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/optimizer.h"

namespace falconer {

/// torch.optim.SGD: stochastic gradient descent with classical momentum (0 unless set, as Trainer's sgd), no dampening;
/// weight decay is an L2 term of the gradient, not decoupled.
class Sgd : public Optimizer {
public:
    Sgd(std::vector<TrainableTensor> parameters, const OptimizerOptions& options);

    std::vector<OptimizerState> states() override;

private:
    void update(double learningRate) override;

    OptimizerOptions m_options;
    std::vector<at::Tensor> m_momentum; ///< empty without momentum
};

} // namespace falconer
