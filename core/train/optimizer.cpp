// SPDX-License-Identifier: Apache-2.0
#include "core/train/optimizer.h"

#include "core/base/error.h"
#include "core/train/adamw.h"
#include "core/train/adamw_8bit.h"
#include "core/train/lion.h"
#include "core/train/sgd.h"

#include <ATen/ATen.h>

namespace falconer {

namespace {

Error unknownOptimizer(const std::string& kind)
{
    return {ErrorCode::recipeInvalid, "training.optimizer", "'" + kind + "' is not known",
        "use adamw, adamw_8bit, paged_adamw_8bit, lion or sgd"};
}

} // namespace

OptimizerOptions optimizerOptions(const TrainingSettings& training)
{
    const auto option = [&](const char* key, double standard) {
        const auto found = training.optimizerOptions.find(key);
        return found == training.optimizerOptions.end() ? standard : found->second;
    };
    OptimizerOptions options;
    options.beta1 = option("beta1", options.beta1);
    options.beta2 = option("beta2", options.beta2);
    options.epsilon = option("eps", options.epsilon);
    options.momentum = option("momentum", options.momentum);
    options.weightDecay = training.weightDecay;
    return options;
}

Optimizer::Optimizer(std::string kind, std::vector<TrainableTensor> parameters)
    : m_kind(std::move(kind))
    , m_parameters(std::move(parameters))
{
}

void Optimizer::step(double learningRate)
{
    const at::NoGradGuard noGrad;
    m_steps += 1;
    update(learningRate);
}

void Optimizer::zeroGradients()
{
    for (TrainableTensor& parameter : m_parameters)
        parameter.tensor.mutable_grad().reset();
}

std::int64_t Optimizer::stateBytes()
{
    std::int64_t bytes = 0;
    for (const OptimizerState& state : states())
        bytes += static_cast<std::int64_t>(state.tensor->nbytes());
    return bytes;
}

at::Tensor Optimizer::gradientOf(const TrainableTensor& parameter)
{
    const at::Tensor& gradient = parameter.tensor.grad();
    return gradient.defined() ? gradient : at::zeros_like(parameter.tensor);
}

std::unique_ptr<Optimizer> makeOptimizer(const TrainingSettings& training, std::vector<TrainableTensor> parameters)
{
    const OptimizerOptions options = optimizerOptions(training);
    if (training.optimizer == "adamw")
        return std::make_unique<AdamW>(std::move(parameters), options);
    if (training.optimizer == "adamw_8bit")
        return std::make_unique<AdamW8bit>(std::move(parameters), options, false);
    if (training.optimizer == "paged_adamw_8bit")
        return std::make_unique<AdamW8bit>(std::move(parameters), options, true);
    if (training.optimizer == "lion")
        return std::make_unique<Lion>(std::move(parameters), options);
    if (training.optimizer == "sgd")
        return std::make_unique<Sgd>(std::move(parameters), options);
    throw unknownOptimizer(training.optimizer);
}

std::int64_t optimizerStateBytes(const TrainingSettings& training, std::int64_t elements)
{
    constexpr std::int64_t kWord = sizeof(float);
    if (training.optimizer == "adamw")
        return 2 * kWord * elements;
    if (training.optimizer == "adamw_8bit" || training.optimizer == "paged_adamw_8bit")
        return AdamW8bit::bytesFor(elements);
    if (training.optimizer == "lion")
        return kWord * elements;
    if (training.optimizer == "sgd")
        return optimizerOptions(training).momentum > 0 ? kWord * elements : 0;
    throw unknownOptimizer(training.optimizer);
}

double clipGradients(const std::vector<TrainableTensor>& parameters, double maximum)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> gradients;
    for (const TrainableTensor& parameter : parameters)
        if (parameter.tensor.grad().defined())
            gradients.push_back(parameter.tensor.grad());
    if (gradients.empty())
        return 0;
    const at::Tensor norm = at::stack(at::_foreach_norm(gradients, 2)).norm(2);
    if (maximum > 0)
        at::_foreach_mul_(gradients, (maximum / (norm + 1e-6)).clamp_max(1.0));
    return norm.item<double>();
}

} // namespace falconer
