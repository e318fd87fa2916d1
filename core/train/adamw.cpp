// SPDX-License-Identifier: Apache-2.0
#include "core/train/adamw.h"

#include <ATen/ATen.h>

namespace falconer {

namespace {

double option(const TrainingSettings& training, const char* key, double fallback)
{
    const auto found = training.optimizerOptions.find(key);
    return found == training.optimizerOptions.end() ? fallback : found->second;
}

} // namespace

AdamW::AdamW(std::vector<at::Tensor> parameters, const TrainingSettings& training)
    : m_parameters(std::move(parameters))
    , m_beta1(option(training, "beta1", 0.9))
    , m_beta2(option(training, "beta2", 0.999))
    , m_epsilon(option(training, "eps", 1e-8))
    , m_weightDecay(training.weightDecay)
{
    const at::NoGradGuard noGrad;
    for (const at::Tensor& parameter : m_parameters) {
        m_first.push_back(at::zeros_like(parameter));
        m_second.push_back(at::zeros_like(parameter));
        m_steps.push_back(at::zeros({}, parameter.options().dtype(at::kFloat)));
    }
}

void AdamW::setStepsDone(std::int64_t steps)
{
    for (at::Tensor& count : m_steps)
        count.fill_(static_cast<double>(steps));
}

std::vector<at::Tensor> AdamW::gradients() const
{
    std::vector<at::Tensor> all;
    for (const at::Tensor& parameter : m_parameters)
        all.push_back(parameter.grad().defined() ? parameter.grad() : at::zeros_like(parameter));
    return all;
}

void AdamW::clearGradients()
{
    for (at::Tensor& parameter : m_parameters)
        parameter.mutable_grad().reset();
}

double AdamW::clip(double maximum)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> all = gradients();
    const at::Tensor norm = at::stack(at::_foreach_norm(all, 2)).norm(2);
    if (maximum > 0)
        at::_foreach_mul_(all, (maximum / (norm + 1e-6)).clamp_max(1.0));
    return norm.item<double>();
}

void AdamW::step(double learningRate)
{
    const at::NoGradGuard noGrad;
    const std::vector<at::Tensor> all = gradients();
    at::_foreach_add_(m_steps, 1);
    at::_fused_adamw_(m_parameters, all, m_first, m_second, /*max_exp_avg_sqs=*/{}, m_steps, learningRate, m_beta1,
        m_beta2, m_weightDecay, m_epsilon, /*amsgrad=*/false, /*maximize=*/false);
}

} // namespace falconer
