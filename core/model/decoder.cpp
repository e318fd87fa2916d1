// SPDX-License-Identifier: Apache-2.0
#include "core/model/decoder.h"

#include "core/base/error.h"
#include "core/model/checkpoint.h"
#include "core/ops/dropout.h"
#include "core/ops/frozen_linear.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

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
    else
        throw Error(ErrorCode::recipeInvalid, "quantization.compute_dtype",
            "'" + settings.computeDtype + "' is not available in this version", "use bfloat16 or float32");
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

void Decoder::setAdapter(std::shared_ptr<LoraAdapter> adapter)
{
    m_adapter = std::move(adapter);
    std::unordered_map<std::string, const LoraPair*> pairs;
    if (m_adapter) {
        for (LoraPair& pair : m_adapter->pairs) {
            for (at::Tensor* part : {&pair.a, &pair.b})
                if (part->device() != m_options.device)
                    *part = part->detach().to(m_options.device).requires_grad_(true);
            pairs.emplace(pair.module, &pair);
        }
    }
    for (std::size_t layer = 0; layer < m_blocks.size(); ++layer) {
        const std::string name = m_spec.blockName(static_cast<std::int64_t>(layer)) + ".";
        for (std::size_t i = 0; i < m_spec.linears.size(); ++i) {
            const auto found = pairs.find(name + m_spec.linears[i].module);
            m_blocks[layer].linears[i].lora = found == pairs.end() ? nullptr : found->second;
        }
    }
}

void Decoder::setDropout(double probability, std::optional<at::Generator> generator)
{
    m_dropout = generator ? probability : 0;
    m_generator = std::move(generator);
}

at::Tensor Decoder::norm(const Norm& weights, const at::Tensor& x) const
{
    if (m_spec.norm == NormKind::layerNorm)
        return at::layer_norm(x, {m_spec.hidden}, weights.weight, weights.bias, m_spec.normEpsilon);
    // Rounded to the compute type before the weight is applied: Transformers' LlamaRMSNorm does, and it shows in
    // bfloat16.
    const at::Tensor wide = x.to(at::kFloat);
    const at::Tensor scale = at::rsqrt(wide.pow(2).mean(-1, /*keepdim=*/true) + m_spec.normEpsilon);
    return weights.weight * (wide * scale).to(x.scalar_type());
}

at::Tensor Decoder::linear(const Linear& linear, const at::Tensor& x)
{
    at::Tensor y = linear.weight->type == WeightType::plain ? at::linear(x, linear.weight->dense, linear.bias)
                                                            : frozenLinear(x, linear.weight, linear.bias);
    if (!linear.lora || !m_adapterOn)
        return y;
    const at::Tensor input = m_dropout > 0 ? dropout(x, m_dropout, *m_generator) : x;
    // The masters are float32; the products run in the compute type, as under autocast.
    const at::ScalarType type = x.scalar_type();
    const at::Tensor low = at::linear(input, linear.lora->a.to(type)) * linear.lora->scale;
    return y.addmm_(low, linear.lora->b.to(type).t());
}

at::Tensor Decoder::attention(const Block& block, const at::Tensor& x, std::int64_t batch, std::int64_t length,
    const Positions& positions, KeyValueCache::Layer* cache, std::int64_t past)
{
    const std::int64_t d = m_spec.headDim;
    const std::int64_t heads = m_spec.heads;
    const std::int64_t kvHeads = m_spec.kvHeads;
    const std::int64_t group = heads / kvHeads;
    at::Tensor q, k, v; // [batch, heads, length, d]
    if (m_spec.qkv == QkvKind::fused) {
        const at::Tensor fused = linear(block.linears[0], x).view({batch, length, kvHeads, group + 2, d});
        q = fused.narrow(3, 0, group).reshape({batch, length, heads, d}).transpose(1, 2);
        k = fused.select(3, group).transpose(1, 2);
        v = fused.select(3, group + 1).transpose(1, 2);
    } else {
        q = linear(block.linears[0], x).view({batch, length, heads, d}).transpose(1, 2);
        k = linear(block.linears[1], x).view({batch, length, kvHeads, d}).transpose(1, 2);
        v = linear(block.linears[2], x).view({batch, length, kvHeads, d}).transpose(1, 2);
    }
    if (m_spec.positions == PositionKind::rotary) {
        q = rotate(q, positions.cos, positions.sin);
        k = rotate(k, positions.cos, positions.sin);
    }
    if (cache) {
        const std::int64_t needed = past + length;
        if (!cache->keys.defined() || cache->keys.size(2) < needed) {
            const auto grow = [&](at::Tensor& buffer, const at::Tensor& like) {
                at::Tensor larger
                    = at::empty({batch, kvHeads, std::max<std::int64_t>(64, 2 * needed), d}, like.options());
                if (past > 0)
                    larger.narrow(2, 0, past).copy_(buffer.narrow(2, 0, past));
                buffer = larger;
            };
            grow(cache->keys, k);
            grow(cache->values, v);
        }
        cache->keys.narrow(2, past, length).copy_(k);
        cache->values.narrow(2, past, length).copy_(v);
        k = cache->keys.narrow(2, 0, needed);
        v = cache->values.narrow(2, 0, needed);
    }
    if (group > 1) {
        const std::int64_t keys = k.size(2);
        k = k.unsqueeze(2).expand({batch, kvHeads, group, keys, d}).reshape({batch, heads, keys, d});
        v = v.unsqueeze(2).expand({batch, kvHeads, group, keys, d}).reshape({batch, heads, keys, d});
    }
    const bool causal = !positions.bias.defined() && length > 1;
    const std::optional<at::Tensor> mask
        = positions.bias.defined() ? std::optional<at::Tensor>(positions.bias) : std::nullopt;
    const at::Tensor mixed = at::scaled_dot_product_attention(q, k, v, mask, 0.0, causal);
    const std::size_t outIndex = m_spec.qkv == QkvKind::fused ? 1 : 3;
    return linear(block.linears[outIndex], mixed.transpose(1, 2).reshape({batch * length, heads * d}));
}

at::Tensor Decoder::mlp(const Block& block, const at::Tensor& x)
{
    const Linear* last = block.linears.data() + block.linears.size();
    if (m_spec.mlp == MlpKind::gelu)
        return linear(last[-1], at::gelu(linear(last[-2], x)));
    const at::Tensor gate = at::silu(linear(last[-3], x));
    return linear(last[-1], gate * linear(last[-2], x));
}

Decoder::Positions Decoder::positionsFor(std::int64_t past, std::int64_t length)
{
    const at::TensorOptions options = at::TensorOptions().dtype(m_options.computeType).device(m_options.device);
    const std::int64_t total = past + length;
    Positions positions;
    if (m_spec.positions == PositionKind::rotary) {
        // "dynamic" tables depend on the length itself; every other kind is made once and grown.
        const bool exact = m_spec.rope.type == "dynamic";
        if (!m_rotary.cos.defined() || m_rotary.cos.size(0) < total || exact)
            m_rotary = rotaryTables(m_spec, exact ? total : std::max<std::int64_t>(2 * total, 512), options);
        positions.cos = m_rotary.cos.narrow(0, past, length);
        positions.sin = m_rotary.sin.narrow(0, past, length);
        return positions;
    }
    positions.bias = alibiBias(m_spec, total, options);
    if (length > 1) {
        // The reference masks with the type's lowest value rather than -infinity.
        const double lowest = m_options.computeType == at::kFloat
            ? static_cast<double>(std::numeric_limits<float>::lowest())
            : static_cast<double>(std::numeric_limits<at::BFloat16>::lowest());
        const at::Tensor future = at::ones({length, total}, options.dtype(at::kBool)).triu(past + 1);
        positions.bias = positions.bias.expand({1, m_spec.heads, length, total}).masked_fill(future, lowest);
    }
    return positions;
}

at::Tensor Decoder::forward(const at::Tensor& ids, KeyValueCache* cache)
{
    const std::int64_t batch = ids.size(0);
    const std::int64_t length = ids.size(1);
    const std::int64_t past = cache ? cache->length : 0;
    TORCH_INTERNAL_ASSERT(past == 0 || length == 1);
    if (cache)
        cache->layers.resize(m_blocks.size());
    const Positions positions = positionsFor(past, length);
    at::Tensor x = at::embedding(m_embedding, ids.to(m_options.device)).view({batch * length, m_spec.hidden});
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        const Block& block = m_blocks[i];
        const at::Tensor normed = norm(block.attentionNorm, x);
        const at::Tensor attended
            = attention(block, normed, batch, length, positions, cache ? &cache->layers[i] : nullptr, past);
        if (m_spec.parallel) {
            x = x + (mlp(block, m_spec.mlpNorm.empty() ? normed : norm(block.mlpNorm, x)) + attended);
        } else {
            x = x + attended;
            x = x + mlp(block, norm(block.mlpNorm, x));
        }
    }
    if (cache)
        cache->length += length;
    return norm(m_finalNorm, x);
}

at::Tensor Decoder::logits(const at::Tensor& hidden) const { return at::mm(hidden, m_head.t()).to(at::kFloat); }

} // namespace falconer
