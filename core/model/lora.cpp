// SPDX-License-Identifier: Apache-2.0
#include "core/model/lora.h"

#include "core/model/targets.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace falconer {

std::int64_t LoraAdapter::parameters() const
{
    std::int64_t sum = 0;
    for (const LoraPair& pair : pairs)
        sum += pair.a.numel() + pair.b.numel();
    return sum;
}

std::vector<at::Tensor> LoraAdapter::tensors() const
{
    std::vector<at::Tensor> all;
    for (const LoraPair& pair : pairs) {
        all.push_back(pair.a);
        all.push_back(pair.b);
    }
    return all;
}

double loraScale(const AdapterConfig& config)
{
    const auto rank = static_cast<double>(config.rank);
    return config.alpha / (config.rslora ? std::sqrt(rank) : rank);
}

LoraAdapter makeAdapter(const ModelSpec& spec, const AdapterConfig& config, const std::vector<std::string>& modules,
    std::uint64_t seed, bool roundToBfloat16)
{
    const at::NoGradGuard noGrad;
    at::Generator generator = at::detail::createCPUGenerator(seed);
    // torch's kaiming_uniform_(a=√5): gain · √3 / √fan, computed in double as Python does.
    const auto draw = [&](std::int64_t rows, std::int64_t columns) {
        const double gain = std::sqrt(2.0 / (1.0 + std::sqrt(5.0) * std::sqrt(5.0)));
        const double bound = std::sqrt(3.0) * (gain / std::sqrt(static_cast<double>(columns)));
        return at::empty({rows, columns}, at::kFloat).uniform_(-bound, bound, generator);
    };
    LoraAdapter adapter{config, {}};
    for (const std::string& module : modules) {
        const LinearSpec& linear = linearOf(spec, module);
        LoraPair pair{module, {}, {}, loraScale(config)};
        // PEFT constructs both linears, which draws their default weights, and only then draws A.
        draw(config.rank, linear.in);
        draw(linear.out, config.rank);
        pair.a = draw(config.rank, linear.in);
        if (roundToBfloat16)
            pair.a = pair.a.to(at::kBFloat16).to(at::kFloat);
        pair.b = at::zeros({linear.out, config.rank}, at::kFloat);
        pair.a.requires_grad_(true);
        pair.b.requires_grad_(true);
        adapter.pairs.push_back(std::move(pair));
    }
    return adapter;
}

} // namespace falconer
