// SPDX-License-Identifier: Apache-2.0
#include "core/model/decoder.h"

#include "core/base/error.h"
#include "core/model/adapted_linear.h"
#include "core/model/checkpoint.h"
#include "core/ops/recompute.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace falconer {

LoadOptions loadOptions(const QuantizationSettings& settings, const c10::Device& device)
{
    LoadOptions options;
    options.device = device;
    const auto type = weightTypeNamed(settings.type);
    if (!type)
        throw Error(ErrorCode::recipeInvalid, "quantization.type", "'" + settings.type + "' is not known",
            "use none, int8, fp4 or nf4");
    options.weights = *type;
    options.doubleQuantize = settings.doubleQuant;
    if (settings.computeDtype == "bfloat16")
        options.computeType = at::kBFloat16;
    else if (settings.computeDtype == "float32")
        options.computeType = at::kFloat;
    else if (settings.computeDtype == "float16")
        options.computeType = at::kHalf;
    else
        throw Error(ErrorCode::recipeInvalid, "quantization.compute_dtype",
            "'" + settings.computeDtype + "' is not known", "use bfloat16, float32 or float16");
    return options;
}

std::unique_ptr<Decoder> Decoder::load(
    const Checkpoint& checkpoint, const LoadOptions& options, const Progress& progress)
{
    const at::NoGradGuard noGrad;
    std::unique_ptr<Decoder> decoder(new Decoder);
    decoder->m_spec = checkpoint.spec();
    decoder->m_options = options;
    ModelSpec& spec = decoder->m_spec;
    const auto place = [&](const at::Tensor& values) { return values.to(options.device, options.computeType); };
    const auto loadNorm = [&](const std::string& name) {
        Norm weights;
        weights.weight = place(checkpoint.load(name + ".weight", {spec.hidden}));
        if (spec.norm == NormKind::layerNorm)
            weights.bias = place(checkpoint.load(name + ".bias", {spec.hidden}));
        return weights;
    };

    const std::string phase = options.weights == WeightType::plain ? "loading" : "quantizing";
    report(progress, phase, 0, spec.layers);
    at::Tensor embedding = checkpoint.load(spec.embedding, {spec.vocabulary, spec.hidden});
    // A tied head is the embedding; a file that holds both and disagrees is taken at its word, as Transformers does.
    if (checkpoint.has(spec.head)) {
        const at::Tensor head = checkpoint.load(spec.head, {spec.vocabulary, spec.hidden});
        if (spec.tiedHead && !at::equal(head, embedding))
            spec.tiedHead = false;
        if (!spec.tiedHead)
            decoder->m_head = place(head);
    }
    decoder->m_embedding = place(embedding);
    embedding.reset();
    if (!decoder->m_head.defined()) {
        spec.tiedHead = true;
        decoder->m_head = decoder->m_embedding;
    }

    for (std::int64_t layer = 0; layer < spec.layers; ++layer) {
        const std::string name = spec.blockName(layer) + ".";
        Block block;
        block.attentionNorm = loadNorm(name + spec.attentionNorm);
        if (!spec.mlpNorm.empty())
            block.mlpNorm = loadNorm(name + spec.mlpNorm);
        for (const LinearSpec& shape : spec.linears) {
            Linear linear;
            const at::Tensor weight = checkpoint.load(name + shape.module + ".weight", {shape.out, shape.in});
            linear.weight = std::make_shared<const FrozenWeight>(
                freeze(weight, options.weights, options.doubleQuantize, options.computeType).to(options.device));
            if (shape.bias)
                linear.bias = place(checkpoint.load(name + shape.module + ".bias", {shape.out}));
            block.linears.push_back(std::move(linear));
        }
        decoder->m_blocks.push_back(std::move(block));
        report(progress, phase, layer + 1, spec.layers);
    }
    decoder->m_finalNorm = loadNorm(spec.finalNorm);
    return decoder;
}

std::int64_t Decoder::weightBytes() const
{
    auto sum = static_cast<std::int64_t>(m_embedding.nbytes() + (m_spec.tiedHead ? 0 : m_head.nbytes()));
    for (const Block& block : m_blocks)
        for (const Linear& linear : block.linears)
            sum += linear.weight->bytes();
    return sum;
}

void Decoder::setDropout(double probability, std::optional<at::Generator> generator)
{
    m_dropout = generator ? probability : 0;
    m_generator = std::move(generator);
}

at::Tensor Decoder::active(const at::Tensor& own, const at::Tensor& trained) const
{
    return m_adapterOn && trained.defined() ? trained.to(m_options.computeType) : own;
}

at::Tensor Decoder::norm(const Norm& weights, const at::Tensor& x) const
{
    const at::Tensor weight = active(weights.weight, weights.trainedWeight);
    if (m_spec.norm == NormKind::layerNorm)
        return at::layer_norm(
            x, {m_spec.hidden}, weight, active(weights.bias, weights.trainedBias), m_spec.normEpsilon);
    // Rounded to the compute type before the weight is applied: Transformers' LlamaRMSNorm does, and it shows in
    // bfloat16.
    const at::Tensor wide = x.to(at::kFloat);
    const at::Tensor scale = at::rsqrt(wide.pow(2).mean(-1, /*keepdim=*/true) + m_spec.normEpsilon);
    return weight * (wide * scale).to(x.scalar_type());
}

at::Tensor Decoder::linear(const Linear& linear, const at::Tensor& x)
{
    const at::Tensor bias = active(linear.bias, linear.trainedBias);
    if (m_adapterOn && linear.trainedWeight.defined())
        return at::linear(x, linear.trainedWeight.to(x.scalar_type()), bias);
    if (!linear.lora)
        return baseLinear(x, linear.weight, bias);
    return m_adapterOn ? adaptedLinear(x, linear.weight, bias, *linear.lora, m_dropout, m_generator)
                       : unadaptedLinear(x, linear.weight, bias, *linear.lora);
}

at::Tensor Decoder::attention(
    const Block& block, const at::Tensor& x, const Sequences& sequences, std::vector<KeyValueCache::Entry>* cache)
{
    const std::int64_t tokens = x.size(0);
    const std::int64_t d = m_spec.headDim;
    const std::int64_t heads = m_spec.heads;
    const std::int64_t kvHeads = m_spec.kvHeads;
    const std::int64_t group = heads / kvHeads;
    at::Tensor q, k, v; // [tokens, heads, d]
    if (m_spec.qkv == QkvKind::fused) {
        const at::Tensor fused = linear(block.linears[0], x).view({tokens, kvHeads, group + 2, d});
        q = fused.narrow(2, 0, group).reshape({tokens, heads, d});
        k = fused.select(2, group);
        v = fused.select(2, group + 1);
    } else {
        q = linear(block.linears[0], x).view({tokens, heads, d});
        k = linear(block.linears[1], x).view({tokens, kvHeads, d});
        v = linear(block.linears[2], x).view({tokens, kvHeads, d});
    }
    if (m_spec.positions == PositionKind::rotary) {
        q = rotate(q, sequences.cos, sequences.sin);
        k = rotate(k, sequences.cos, sequences.sin);
    }
    const at::Tensor mixed = attend(q, k, v, sequences.lengths, sequences.bias, cache, sequences.past);
    return linear(block.linears[m_spec.qkv == QkvKind::fused ? 1 : 3], mixed);
}

at::Tensor Decoder::mlp(const Block& block, const at::Tensor& x)
{
    const Linear* last = block.linears.data() + block.linears.size();
    if (m_spec.mlp == MlpKind::gelu)
        return linear(last[-1], at::gelu(linear(last[-2], x)));
    const at::Tensor gate = at::silu(linear(last[-3], x));
    return linear(last[-1], gate * linear(last[-2], x));
}

at::Tensor Decoder::layer(
    const Block& block, const at::Tensor& x, const Sequences& sequences, std::vector<KeyValueCache::Entry>* cache)
{
    // Selective checkpointing keeps what attention needs and makes the MLP again; with its residual, where the two read
    // the same tensor, because gradients are then added up in the same order as without.
    const bool again = !cache && m_recompute == Recompute::selective && at::GradMode::is_enabled() && trains(block, x);
    const auto maybeAgain = [&](const std::function<at::Tensor(const at::Tensor&)>& part, const at::Tensor& input) {
        return again ? recomputed(part, input, m_generator) : part(input);
    };
    const at::Tensor normed = norm(block.attentionNorm, x);
    const at::Tensor attended = attention(block, normed, sequences, cache);
    if (!m_spec.parallel)
        return maybeAgain(
            [this, &block](const at::Tensor& between) { return between + mlp(block, norm(block.mlpNorm, between)); },
            x + attended);
    if (m_spec.mlpNorm.empty())
        return x
            + (maybeAgain([this, &block](const at::Tensor& input) { return mlp(block, input); }, normed) + attended);
    return x
        + (maybeAgain([this, &block](const at::Tensor& input) { return mlp(block, norm(block.mlpNorm, input)); }, x)
            + attended);
}

at::Tensor Decoder::trainedLayer(const Block& block, const at::Tensor& x, const Sequences& sequences)
{
    if (m_recompute != Recompute::full || !at::GradMode::is_enabled() || !trains(block, x))
        return layer(block, x, sequences, nullptr);
    return recomputed(
        [this, &block, sequences](const at::Tensor& input) { return layer(block, input, sequences, nullptr); }, x,
        m_generator);
}

bool Decoder::trains(const Block& block, const at::Tensor& x) const
{
    return x.requires_grad() || (m_adapterOn && block.trained);
}

Decoder::Sequences Decoder::arrange(std::span<const std::int64_t> lengths, const KeyValueCache* cache)
{
    const at::TensorOptions options = at::TensorOptions().dtype(m_options.computeType).device(m_options.device);
    Sequences sequences;
    sequences.lengths.assign(lengths.begin(), lengths.end());
    std::vector<std::int64_t> positions; // of every token
    std::int64_t longest = 1;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const std::int64_t past = cache ? cache->past(i) : 0;
        sequences.past.push_back(past);
        longest = std::max(longest, past + lengths[i]);
        for (std::int64_t position = past; position < past + lengths[i]; ++position)
            positions.push_back(position);
    }
    if (m_spec.positions == PositionKind::alibi) {
        sequences.bias = alibiBias(m_spec, longest, options);
        return sequences;
    }
    // "dynamic" tables depend on the length itself; every other kind is made once and grown.
    const bool exact = m_spec.rope.type == "dynamic";
    if (!m_rotary.cos.defined() || m_rotary.cos.size(0) < longest || exact)
        m_rotary = rotaryTables(m_spec, exact ? longest : std::max<std::int64_t>(2 * longest, 512), options);
    const at::Tensor rows = at::tensor(at::ArrayRef<std::int64_t>(positions), at::kLong).to(m_options.device);
    sequences.cos = m_rotary.cos.index_select(0, rows).unsqueeze(1);
    sequences.sin = m_rotary.sin.index_select(0, rows).unsqueeze(1);
    return sequences;
}

at::Tensor Decoder::forward(const at::Tensor& ids, std::span<const std::int64_t> lengths, KeyValueCache* cache)
{
    if (cache) {
        cache->layers.resize(m_blocks.size());
        cache->lengths.resize(lengths.size());
    }
    const Sequences sequences = arrange(lengths, cache);
    const bool ownEmbedding = !m_adapterOn || !m_trainedEmbedding.defined();
    at::Tensor x = at::embedding(ownEmbedding ? m_embedding : m_trainedEmbedding, ids.to(m_options.device))
                       .to(m_options.computeType); // after the look-up: a few rows instead of the whole matrix
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        x = cache ? layer(m_blocks[i], x, sequences, &cache->layers[i]) : trainedLayer(m_blocks[i], x, sequences);
    if (cache)
        for (std::size_t i = 0; i < lengths.size(); ++i)
            cache->lengths[i] += lengths[i];
    return norm(m_finalNorm, x);
}

at::Tensor Decoder::logits(const at::Tensor& hidden) const { return at::mm(hidden, head().t()).to(at::kFloat); }

} // namespace falconer
