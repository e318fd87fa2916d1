// SPDX-License-Identifier: Apache-2.0
#include "core/train/sgd.h"

#include <ATen/ATen.h>

namespace falconer {

Sgd::Sgd(std::vector<TrainableTensor> all, const OptimizerOptions& options)
    : Optimizer("sgd", std::move(all))
    , m_options(options)
{
    const at::NoGradGuard noGrad;
    if (options.momentum > 0)
        for (const TrainableTensor& parameter : parameters())
            m_momentum.push_back(at::zeros_like(parameter.tensor));
}

std::vector<OptimizerState> Sgd::states()
{
    std::vector<OptimizerState> all;
    for (std::size_t i = 0; i < m_momentum.size(); ++i)
        all.push_back({"momentum_buffer." + parameters()[i].name, &m_momentum[i]});
    return all;
}

void Sgd::update(double learningRate)
{
    for (std::size_t i = 0; i < parameters().size(); ++i) {
        const TrainableTensor& parameter = parameters()[i];
        at::Tensor values = parameter.tensor; // the same storage
        at::Tensor direction = gradientOf(parameter);
        if (parameter.decay && m_options.weightDecay != 0)
            direction = direction.add(values, m_options.weightDecay);
        if (!m_momentum.empty()) {
            if (stepsDone() == 1) // the buffer starts as the first gradient
                m_momentum[i].copy_(direction);
            else
                m_momentum[i].mul_(m_options.momentum).add_(direction);
            direction = m_momentum[i];
        }
        values.add_(direction, -learningRate);
    }
}

} // namespace falconer
