// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/adapter_config.h"
#include "core/model/spec.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace falconer {

/// The trained pair of one linear (Hu et al., arXiv 2106.09685): y += scale · B(A(dropout(x))). Float32 leaves that
/// require gradients; A [rank, in], B [out, rank].
struct LoraPair {
    std::string module; ///< "transformer.h.0.self_attention.query_key_value"
    at::Tensor a;
    at::Tensor b;
    double scale = 1;
};

/// Every pair of an adapter, in the model's order, with the settings that made it.
struct LoraAdapter {
    AdapterConfig config;
    std::vector<LoraPair> pairs;

    std::int64_t parameters() const;
    /// All a and b, in order: what the optimizer trains.
    std::vector<at::Tensor> tensors() const;
};

/// Fresh pairs for `modules` (from resolveTargets), drawn as PEFT draws them after torch.manual_seed(seed): B zero, A
/// kaiming-uniform. With `roundToBfloat16` A passes through bfloat16, as PEFT does on an unquantized bfloat16 base.
LoraAdapter makeAdapter(const ModelSpec& spec, const AdapterConfig& config, const std::vector<std::string>& modules,
    std::uint64_t seed, bool roundToBfloat16);

/// alpha / rank, or alpha / √rank with rsLoRA (Kalajdzievski, arXiv 2312.03732).
double loraScale(const AdapterConfig& config);

} // namespace falconer
