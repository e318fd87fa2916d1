// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/config/recipe.h"
#include "core/model/attention.h"
#include "core/model/lora.h"
#include "core/model/rotary.h"
#include "core/model/spec.h"
#include "core/ops/frozen_weight.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace falconer {

class Checkpoint;

/// How a model is held in memory.
struct LoadOptions {
    c10::Device device = c10::Device(c10::kCPU);
    WeightType weights = WeightType::nf4;
    bool doubleQuantize = true;
    at::ScalarType computeType = at::kFloat;
};
/// From a recipe's quantization section. Throws recipeInvalid.
LoadOptions loadOptions(const QuantizationSettings& settings, const c10::Device& device);

/// What of a layer is not kept for the backward pass but computed again there (gradient checkpointing): nothing, the
/// MLP (the larger part of the memory for a part of the cost), or the whole layer but its input. The numbers are the
/// same.
enum class Recompute { off, selective, full };

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

    /// The adapter's tensors are moved to the model's device; one fresh from makeAdapter() gets what it starts with
    /// from the weights. Pass nullptr to take it off. `source` is the checkpoint that was loaded. A fresh LoftQ adapter
    /// needs it, and PiSSA starts with it from the weights before they were quantized: give it to a run that starts and
    /// to one that goes on alike. PiSSA and OLoRA change the weights that they adapt; taken off, those come back
    /// exactly with `source`, else but for rounding. Progress phase: "preparing the adapter", layers done of all.
    /// Throws recipeInvalid (lora.init loftq without quantization).
    void setAdapter(
        std::shared_ptr<LoraAdapter> adapter, const Checkpoint* source = nullptr, const Progress& progress = {});
    /// With false the base model answers, the adapter stays attached.
    void enableAdapter(bool on) { m_adapterOn = on; }
    bool adapterEnabled() const { return m_adapterOn; }
    /// LoRA dropout with this probability, drawn from `generator`; 0 or no generator: none (evaluation).
    void setDropout(double probability, std::optional<at::Generator> generator);

    void setRecompute(Recompute what) { m_recompute = what; }

    /// ids int64 [tokens]: sequences laid end to end, `lengths` long, none of which sees another; attention is causal
    /// and each sequence counts its positions from 0. Returns the final norm's output [tokens, hidden]. With a cache,
    /// each sequence goes on where the cache's sequence of the same index ends (a length may then be 0), and is added
    /// to it.
    at::Tensor forward(const at::Tensor& ids, std::span<const std::int64_t> lengths, KeyValueCache* cache = nullptr);

    /// The output matrix [vocabulary, hidden] in the compute type; the trained one while the adapter is on and has one.
    at::Tensor head() const { return active(m_head, m_trainedHead); }
    /// hidden [n, hidden] -> float32 logits [n, vocabulary].
    at::Tensor logits(const at::Tensor& hidden) const;

private:
    struct Linear {
        std::shared_ptr<const FrozenWeight> weight;
        at::Tensor bias;
        const LoraPair* lora = nullptr;
        at::Tensor trainedWeight, trainedBias; ///< the adapter's, in place of weight and bias; or undefined
    };
    struct Norm {
        at::Tensor weight;
        at::Tensor bias;
        at::Tensor trainedWeight, trainedBias; ///< the same
    };
    struct Block {
        Norm attentionNorm;
        Norm mlpNorm;
        std::vector<Linear> linears; ///< as spec.linears
        bool trained = false; ///< the adapter trains something in it
    };
    /// The sequences of one forward pass.
    struct Sequences {
        std::vector<std::int64_t> lengths;
        std::vector<std::int64_t> past; ///< positions in the cache, by sequence
        at::Tensor cos, sin; ///< of each token's position, [tokens, 1, headDim / 2]
        at::Tensor bias; ///< ALiBi over the longest sequence, or undefined
    };

    Decoder() = default;
    /// A weight as this model holds its weights.
    std::shared_ptr<const FrozenWeight> held(const at::Tensor& weight) const;
    void takeAdapterOff(const Checkpoint* source);
    /// Makes what a fresh pair takes from the weight, changes the weight where its kind does, and puts it on the
    /// linear.
    void prepare(LoraPair& pair, Linear& linear, const Checkpoint* source) const;
    /// The tensor to compute with, in the compute type.
    at::Tensor active(const at::Tensor& own, const at::Tensor& trained) const;
    at::Tensor norm(const Norm& weights, const at::Tensor& x) const;
    at::Tensor linear(const Linear& linear, const at::Tensor& x);
    at::Tensor attention(
        const Block& block, const at::Tensor& x, const Sequences& sequences, std::vector<KeyValueCache::Entry>* cache);
    at::Tensor mlp(const Block& block, const at::Tensor& x);
    at::Tensor layer(
        const Block& block, const at::Tensor& x, const Sequences& sequences, std::vector<KeyValueCache::Entry>* cache);
    /// layer(), with what the backward pass needs kept or not, as setRecompute() says.
    at::Tensor trainedLayer(const Block& block, const at::Tensor& x, const Sequences& sequences);
    /// Whether a gradient flows through the layer: below the lowest adapter nothing needs to be kept.
    bool trains(const Block& block, const at::Tensor& x) const;
    Sequences arrange(std::span<const std::int64_t> lengths, const KeyValueCache* cache);

    ModelSpec m_spec;
    LoadOptions m_options;
    at::Tensor m_embedding;
    at::Tensor m_head;
    at::Tensor m_trainedEmbedding, m_trainedHead; ///< the adapter's, or undefined
    Norm m_finalNorm;
    std::vector<Block> m_blocks;
    RotaryTables m_rotary; ///< grown as needed
    std::shared_ptr<LoraAdapter> m_adapter;
    bool m_adapterOn = true;
    Recompute m_recompute = Recompute::off;
    double m_dropout = 0;
    std::optional<at::Generator> m_generator;
};

} // namespace falconer
