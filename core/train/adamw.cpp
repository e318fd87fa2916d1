// SPDX-License-Identifier: Apache-2.0
#include "core/train/adamw.h"

#include <ATen/ATen.h>

namespace falconer {

AdamW::AdamW(std::vector<TrainableTensor> all, const OptimizerOptions& options)
    : Optimizer("adamw", std::move(all))
    , m_options(options)
    , m_groups(2)
{
    const at::NoGradGuard noGrad;
    m_groups[0].weightDecay = options.weightDecay;
    for (const TrainableTensor& parameter : parameters()) {
        m_first.push_back(at::zeros_like(parameter.tensor));
        m_second.push_back(at::zeros_like(parameter.tensor));
        Group& group = m_groups[parameter.decay ? 0 : 1];
        group.parameters.push_back(parameter.tensor);
        group.first.push_back(m_first.back());
        group.second.push_back(m_second.back());
        group.steps.push_back(at::zeros({}, parameter.tensor.options().dtype(at::kFloat)));
    }
}

void AdamW::setStepsDone(std::int64_t steps)
{
    Optimizer::setStepsDone(steps);
    for (Group& group : m_groups)
        for (at::Tensor& count : group.steps)
            count.fill_(static_cast<double>(steps));
}

std::vector<OptimizerState> AdamW::states()
{
    std::vector<OptimizerState> all;
    for (std::size_t i = 0; i < m_first.size(); ++i) {
        all.push_back({"exp_avg." + parameters()[i].name, &m_first[i]});
        all.push_back({"exp_avg_sq." + parameters()[i].name, &m_second[i]});
    }
    return all;
}

void AdamW::update(double learningRate)
{
    for (Group& group : m_groups) {
        if (group.parameters.empty())
            continue;
        std::vector<at::Tensor> gradients;
        for (const at::Tensor& parameter : group.parameters)
            gradients.push_back(parameter.grad().defined() ? parameter.grad() : at::zeros_like(parameter));
        at::_foreach_add_(group.steps, 1);
        at::_fused_adamw_(group.parameters, gradients, group.first, group.second, /*max_exp_avg_sqs=*/{}, group.steps,
            learningRate, m_options.beta1, m_options.beta2, group.weightDecay, m_options.epsilon, /*amsgrad=*/false,
            /*maximize=*/false);
    }
}

} // namespace falconer
