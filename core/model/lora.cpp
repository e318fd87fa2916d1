// SPDX-License-Identifier: Apache-2.0
#include "core/model/lora.h"

#include "core/base/error.h"
#include "core/model/model_parameters.h"
#include "core/model/targets.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace falconer {

namespace {

/// PEFT keeps an adapted linear's own bias inside its base_layer.
std::string biasFileName(const std::string& name, const std::set<std::string>& adapted)
{
    const std::string module = name.substr(0, name.rfind('.'));
    return kAdapterPrefix + module + (adapted.contains(module) ? ".base_layer.bias" : ".bias");
}

} // namespace

std::int64_t LoraAdapter::parameters() const
{
    std::int64_t sum = 0;
    for (const AdapterTensor& part : trained())
        sum += part.tensor.numel();
    return sum;
}

LoraAdapter LoraAdapter::copy() const
{
    const auto own = [](at::Tensor& tensor) {
        if (tensor.defined())
            tensor = tensor.detach().clone();
    };
    LoraAdapter other = *this;
    for (LoraPair& pair : other.pairs)
        for (at::Tensor* tensor : {&pair.a, &pair.b, &pair.magnitude, &pair.initialA, &pair.initialB})
            own(*tensor);
    for (std::vector<ReplacedTensor>* group : {&other.biases, &other.saved})
        for (ReplacedTensor& replaced : *group)
            own(replaced.values);
    return other;
}

std::vector<AdapterTensor> LoraAdapter::trained() const
{
    std::vector<AdapterTensor> all;
    const auto add = [&](const std::string& name, const at::Tensor& tensor, bool decay, bool embedding) {
        if (tensor.defined())
            all.push_back({name, tensor, decay, embedding});
    };
    std::set<std::string> adapted;
    for (const LoraPair& pair : pairs) {
        adapted.insert(pair.module);
        add(kAdapterPrefix + pair.module + ".lora_A.weight", pair.a, true, false);
        add(kAdapterPrefix + pair.module + ".lora_B.weight", pair.b, true, false);
        add(kAdapterPrefix + pair.module + ".lora_magnitude_vector", pair.magnitude, true, false);
    }
    for (const ReplacedTensor& bias : biases)
        add(biasFileName(bias.name, adapted), bias.values, bias.decay, false);
    for (const ReplacedTensor& tensor : saved)
        add(kAdapterPrefix + tensor.name, tensor.values, tensor.decay, tensor.embedding);
    return all;
}

std::vector<at::Tensor> LoraAdapter::tensors() const
{
    std::vector<at::Tensor> all;
    for (const AdapterTensor& part : trained())
        all.push_back(part.tensor);
    return all;
}

LoraAdapter makeAdapter(const ModelSpec& spec, const AdapterConfig& config, const std::vector<std::string>& modules,
    std::uint64_t seed, bool roundToBfloat16)
{
    const at::NoGradGuard noGrad;
    const bool decomposes = config.init == "pissa" || config.init == "olora" || config.init == "loftq";
    at::Generator generator = at::detail::createCPUGenerator(seed);
    // torch's kaiming_uniform_(a=√5): gain · √3 / √fan, computed in double as Python does.
    const auto draw = [&](std::int64_t rows, std::int64_t columns) {
        const double gain = std::sqrt(2.0 / (1.0 + std::sqrt(5.0) * std::sqrt(5.0)));
        const double bound = std::sqrt(3.0) * (gain / std::sqrt(static_cast<double>(columns)));
        return at::empty({rows, columns}, at::kFloat).uniform_(-bound, bound, generator);
    };
    LoraAdapter adapter;
    adapter.config = config;
    adapter.fresh = true;
    for (const std::string& module : modules) {
        const LinearSpec& linear = linearOf(spec, module);
        const std::int64_t rank = config.rankOf(module);
        if (decomposes && rank > std::min(linear.in, linear.out))
            throw Error(ErrorCode::recipeInvalid, "lora.rank",
                "lora.init " + config.init + " takes the rank from the weight of " + module + ", which is "
                    + std::to_string(linear.out) + " x " + std::to_string(linear.in) + " and so has no rank "
                    + std::to_string(rank),
                "use a rank of at most " + std::to_string(std::min(linear.in, linear.out)));
        LoraPair pair;
        pair.module = module;
        pair.scale = config.scaleOf(module);
        // PEFT constructs both linears, which draws their default weights, and only then draws A.
        pair.a = draw(rank, linear.in);
        draw(linear.out, rank);
        if (config.init == "gaussian")
            pair.a.normal_(0, 1 / static_cast<double>(rank), generator);
        else if (!decomposes)
            pair.a = draw(rank, linear.in);
        if (roundToBfloat16)
            pair.a = pair.a.to(at::kBFloat16).to(at::kFloat);
        pair.b = at::zeros({linear.out, rank}, at::kFloat);
        pair.a.requires_grad_(true);
        pair.b.requires_grad_(true);
        adapter.pairs.push_back(std::move(pair));
    }
    adapter.biases = trainedBiases(spec, config, modules);
    adapter.saved = savedTensors(spec, config);
    return adapter;
}

std::vector<ReplacedTensor> trainedBiases(
    const ModelSpec& spec, const AdapterConfig& config, const std::vector<std::string>& modules)
{
    std::vector<ReplacedTensor> biases;
    if (config.bias == "none")
        return biases;
    std::set<std::string> saved; // a saved module trains its bias already
    for (const ModelParameter& parameter : savedParameters(spec, config.modulesToSave))
        saved.insert(parameter.module);
    for (const ModelParameter& parameter : modelParameters(spec)) {
        const bool chosen
            = config.bias == "all" || std::find(modules.begin(), modules.end(), parameter.module) != modules.end();
        if (parameter.bias && chosen && !saved.contains(parameter.module))
            biases.push_back({parameter.name(), {}, /*decay=*/false, /*embedding=*/false});
    }
    return biases;
}

std::vector<ReplacedTensor> savedTensors(const ModelSpec& spec, const AdapterConfig& config)
{
    std::vector<ReplacedTensor> tensors;
    for (const ModelParameter& parameter : savedParameters(spec, config.modulesToSave)) {
        const bool decay = !parameter.bias && parameter.owner != ModelParameter::Owner::norm;
        tensors.push_back({parameter.name(), {}, decay, parameter.owner == ModelParameter::Owner::embedding});
    }
    return tensors;
}

} // namespace falconer
