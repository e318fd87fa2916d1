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
    at::Tensor magnitude; ///< DoRA (Liu et al., arXiv 2402.09353): [out], a leaf too; else undefined
    /// What PiSSA and OLoRA took out of the base's weight, W − scale · initialB · initialA; not trained, else
    /// undefined.
    at::Tensor initialA, initialB;
};

/// A bias, or a tensor of a module to save, that is trained as a whole in place of the model's: a float32 leaf.
/// Undefined until Decoder::setAdapter() fills it with the model's own values.
struct ReplacedTensor {
    std::string name; ///< "transformer.ln_f.weight"
    at::Tensor values;
    bool decay = true; ///< false for biases and norms
    bool embedding = false;
};

/// One tensor that the optimizer trains.
struct AdapterTensor {
    std::string name; ///< as in adapter_model.safetensors
    at::Tensor tensor;
    bool decay = true; ///< Trainer's rule: weight decay does not reach biases and norms
    bool embedding = false; ///< of the input embedding, for which 8-bit optimizers keep wide states
};

/// Everything that is trained, in the model's order, with the settings that made it.
struct LoraAdapter {
    AdapterConfig config;
    std::vector<LoraPair> pairs;
    std::vector<ReplacedTensor> biases; ///< by lora.bias
    std::vector<ReplacedTensor> saved; ///< by lora.modules_to_save
    /// From makeAdapter(): what starts from the model's weights is still to be made, by Decoder::setAdapter().
    bool fresh = false;

    std::int64_t parameters() const;
    /// With tensors of its own, as they are now.
    LoraAdapter copy() const;
    /// All that the optimizer trains: of each pair a, b and the magnitude if there is one; then the biases, then the
    /// saved modules' tensors; each group in the model's order (named_parameters()). Checkpoints know them by their
    /// names.
    std::vector<AdapterTensor> trained() const;
    /// The tensors of trained().
    std::vector<at::Tensor> tensors() const;
};

/// The names' prefix in PEFT's files.
inline constexpr const char* kAdapterPrefix = "base_model.model.";

/// A fresh adapter for `modules` (from resolveTargets), drawn as PEFT draws it after torch.manual_seed(seed): B zero, A
/// kaiming-uniform or, by config.init, normal with standard deviation 1 / rank. With `roundToBfloat16` A passes through
/// bfloat16, as PEFT does on an unquantized bfloat16 base. What config.init "pissa", "olora" and "loftq", DoRA, biases
/// and saved modules take from the weights is made by Decoder::setAdapter(). Throws recipeInvalid where a rank is
/// larger than a decomposed matrix has.
LoraAdapter makeAdapter(const ModelSpec& spec, const AdapterConfig& config, const std::vector<std::string>& modules,
    std::uint64_t seed, bool roundToBfloat16);

/// The tensors that `config` trains beside the pairs of `modules`, without values.
std::vector<ReplacedTensor> trainedBiases(
    const ModelSpec& spec, const AdapterConfig& config, const std::vector<std::string>& modules);
std::vector<ReplacedTensor> savedTensors(const ModelSpec& spec, const AdapterConfig& config);

} // namespace falconer
