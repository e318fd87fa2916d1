// SPDX-License-Identifier: Apache-2.0
#include "core/train/lion.h"

#include <ATen/ATen.h>

namespace falconer {

Lion::Lion(std::vector<TrainableTensor> all, const OptimizerOptions& options)
    : Optimizer("lion", std::move(all))
    , m_options(options)
{
    const at::NoGradGuard noGrad;
    for (const TrainableTensor& parameter : parameters())
        m_momentum.push_back(at::zeros_like(parameter.tensor));
}

std::vector<OptimizerState> Lion::states()
{
    std::vector<OptimizerState> all;
    for (std::size_t i = 0; i < m_momentum.size(); ++i)
        all.push_back({"momentum." + parameters()[i].name, &m_momentum[i]});
    return all;
}

void Lion::update(double learningRate)
{
    for (std::size_t i = 0; i < m_momentum.size(); ++i) {
        const TrainableTensor& parameter = parameters()[i];
        const at::Tensor gradient = gradientOf(parameter);
        at::Tensor values = parameter.tensor; // the same storage
        if (parameter.decay && m_options.weightDecay > 0)
            values.mul_(1.0 - learningRate * m_options.weightDecay);
        const at::Tensor direction = m_momentum[i].mul(m_options.beta1).add_(gradient, 1.0 - m_options.beta1).sign_();
        values.add_(direction, -learningRate);
        m_momentum[i].mul_(m_options.beta2).add_(gradient, 1.0 - m_options.beta2);
    }
}

} // namespace falconer
