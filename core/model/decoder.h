// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/config/recipe.h"
#include "core/model/lora.h"
#include "core/model/rotary.h"
#include "core/model/spec.h"
#include "core/ops/frozen_weight.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

class Checkpoint;

/// Keys and values of the tokens seen so far, per layer, for generation. Buffers grow by doubling.
struct KeyValueCache {
    struct Layer {
        at::Tensor keys; ///< [batch, kvHeads, capacity, headDim]
        at::Tensor values; ///< the same
    };
    std::vector<Layer> layers;
    std::int64_t length = 0; ///< positions filled, the same in every layer
};

/// How a model is held in memory.
struct LoadOptions {
    c10::Device device = c10::Device(c10::kCPU);
    WeightType weights = WeightType::nf4;
    bool doubleQuantize = true;
    at::ScalarType computeType = at::kFloat;
};
/// From a recipe's quantization section. Throws recipeInvalid.
LoadOptions loadOptions(const QuantizationSettings& settings, const c10::Device& device);

/// A decoder-only transformer that reads its ModelSpec; frozen weights, an optional LoRA adapter on top. Not safe from
/// several threads at once.
class Decoder {
public:
    /// Streams the checkpoint layer by layer and quantizes each weight as it comes, so that no more than one 16-bit or
    /// float32 matrix of it exists at a time. Progress phase: "quantizing" (or "loading"), layers done of all.
    static std::unique_ptr<Decoder> load(
        const Checkpoint& checkpoint, const LoadOptions& options, const Progress& progress = {});

    const ModelSpec& spec() const { return m_spec; }
    const LoadOptions& options() const { return m_options; }
    /// Bytes of all weights as held.
    std::int64_t weightBytes() const;

    /// The adapter's tensors are moved to the model's device. Pass nullptr to take it off.
    void setAdapter(std::shared_ptr<LoraAdapter> adapter);
    /// With false the base model answers, the adapter stays attached.
    void enableAdapter(bool on) { m_adapterOn = on; }
    /// LoRA dropout with this probability, drawn from `generator`; 0 or no generator: none (evaluation).
    void setDropout(double probability, std::optional<at::Generator> generator);

    /// ids int64 [batch, length] -> the final norm's output [batch * length, hidden]. Attention is causal; rows are
    /// padded on the right, so padding is never seen by a real token. With a cache, ids continue the sequences in it
    /// (only one token at a time once it is not empty) and are added to it.
    at::Tensor forward(const at::Tensor& ids, KeyValueCache* cache = nullptr);

    /// The output matrix [vocabulary, hidden] in the compute type.
    const at::Tensor& head() const { return m_head; }
    /// hidden [n, hidden] -> float32 logits [n, vocabulary].
    at::Tensor logits(const at::Tensor& hidden) const;

private:
    struct Linear {
        std::shared_ptr<const FrozenWeight> weight;
        at::Tensor bias;
        const LoraPair* lora = nullptr;
    };
    struct Norm {
        at::Tensor weight;
        at::Tensor bias;
    };
    struct Block {
        Norm attentionNorm;
        Norm mlpNorm;
        std::vector<Linear> linears; ///< as spec.linears
    };
    struct Positions {
        at::Tensor cos, sin; ///< rows of the current tokens
        at::Tensor bias; ///< ALiBi with the causal mask, or undefined
    };

    Decoder() = default;
    at::Tensor norm(const Norm& weights, const at::Tensor& x) const;
    at::Tensor linear(const Linear& linear, const at::Tensor& x);
    at::Tensor attention(const Block& block, const at::Tensor& x, std::int64_t batch, std::int64_t length,
        const Positions& positions, KeyValueCache::Layer* cache, std::int64_t past);
    at::Tensor mlp(const Block& block, const at::Tensor& x);
    Positions positionsFor(std::int64_t past, std::int64_t length);

    ModelSpec m_spec;
    LoadOptions m_options;
    at::Tensor m_embedding;
    at::Tensor m_head;
    Norm m_finalNorm;
    std::vector<Block> m_blocks;
    RotaryTables m_rotary; ///< grown as needed
    std::shared_ptr<LoraAdapter> m_adapter;
    bool m_adapterOn = true;
    double m_dropout = 0;
    std::optional<at::Generator> m_generator;
};

} // namespace falconer
