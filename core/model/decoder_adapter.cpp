// SPDX-License-Identifier: Apache-2.0
// How an adapter is put on a Decoder and taken off.
#include "core/model/decoder.h"

#include "core/base/error.h"
#include "core/model/adapted_linear.h"
#include "core/model/checkpoint.h"
#include "core/model/lora_init.h"

#include <ATen/ATen.h>

#include <unordered_map>

namespace falconer {

namespace {

void toLeaf(at::Tensor& tensor, const c10::Device& device)
{
    if (tensor.defined() && (tensor.device() != device || !tensor.requires_grad()))
        tensor = tensor.detach().to(device).requires_grad_(true);
}

/// Its own values, float32: `tensor` may be the model's.
at::Tensor copyOf(const at::Tensor& tensor) { return tensor.to(at::kFloat, /*non_blocking=*/false, /*copy=*/true); }

} // namespace

std::shared_ptr<const FrozenWeight> Decoder::held(const at::Tensor& weight) const
{
    const at::Tensor values = weight.to(at::kCPU, at::kFloat).contiguous();
    return std::make_shared<const FrozenWeight>(
        freeze(values, m_options.weights, m_options.doubleQuantize, m_options.computeType).to(m_options.device));
}

void Decoder::takeAdapterOff(const Checkpoint* source)
{
    const auto forget = [](Norm& weights) { weights.trainedWeight = weights.trainedBias = at::Tensor(); };
    for (Block& block : m_blocks) {
        for (Linear& linear : block.linears) {
            if (linear.lora && linear.lora->initialA.defined() && linear.weight->type == WeightType::plain)
                linear.weight = held(source
                        ? source->load(linear.lora->module + ".weight", {linear.weight->out, linear.weight->in})
                        : restored(*linear.lora, dequantize(*linear.weight, at::kFloat)));
            linear.lora = nullptr;
            linear.trainedWeight = linear.trainedBias = at::Tensor();
        }
        forget(block.attentionNorm);
        forget(block.mlpNorm);
        block.trained = false;
    }
    forget(m_finalNorm);
    m_trainedEmbedding = m_trainedHead = at::Tensor();
    m_adapter.reset();
}

void Decoder::prepare(LoraPair& pair, Linear& linear, const Checkpoint* source) const
{
    const std::string& init = m_adapter->config.init;
    const bool fresh = m_adapter->fresh;
    const bool quantized = m_options.weights != WeightType::plain;
    const auto original = [&] {
        return source->load(pair.module + ".weight", {linear.weight->out, linear.weight->in}).to(m_options.device);
    };
    if (fresh && init == "loftq")
        startFromLoss(pair, original(), dequantize(*linear.weight, at::kFloat));
    if (init == "pissa" || init == "olora" || pair.initialA.defined()) {
        // OLoRA starts from what is held, as in PEFT. PiSSA gains most from the weight before it was quantized, which
        // PEFT leaves to its user to arrange.
        const at::Tensor weight
            = init == "pissa" && quantized && source ? original() : dequantize(*linear.weight, at::kFloat);
        if (!pair.initialA.defined())
            decompose(pair, init, weight);
        // One layout always, or a run that goes on would round differently.
        pair.initialA = pair.initialA.to(m_options.device).contiguous();
        pair.initialB = pair.initialB.to(m_options.device).contiguous();
        if (fresh) {
            pair.a.copy_(pair.initialA);
            pair.b.copy_(pair.initialB);
        }
        if (!quantized) // see adaptedLinear()
            linear.weight = held(residual(pair, weight));
    }
    if (fresh && m_adapter->config.dora)
        pair.magnitude = startMagnitude(*linear.weight, pair).requires_grad_(true);
    linear.lora = &pair;
}

void Decoder::setAdapter(std::shared_ptr<LoraAdapter> adapter, const Checkpoint* source, const Progress& progress)
{
    const at::NoGradGuard noGrad;
    takeAdapterOff(source);
    if (!adapter)
        return;
    if (adapter->fresh && adapter->config.init == "loftq") {
        if (m_options.weights == WeightType::plain)
            throw Error(ErrorCode::recipeInvalid, "lora.init",
                "loftq makes up for what quantization loses, but quantization.type is none",
                "quantize, or use another init");
        if (!source)
            throw Error(ErrorCode::internal, "lora.init", "loftq needs the model's own weights");
    }
    m_adapter = std::move(adapter);

    std::unordered_map<std::string, LoraPair*> pairs;
    for (LoraPair& pair : m_adapter->pairs) {
        for (at::Tensor* part : {&pair.a, &pair.b, &pair.magnitude})
            toLeaf(*part, m_options.device);
        pairs.emplace(pair.module, &pair);
    }
    std::unordered_map<std::string, ReplacedTensor*> replaced;
    for (std::vector<ReplacedTensor>* group : {&m_adapter->biases, &m_adapter->saved})
        for (ReplacedTensor& tensor : *group)
            replaced.emplace(tensor.name, &tensor);
    // The tensor that is trained in place of the model's own `name`, or an undefined one.
    const auto trained = [&](const std::string& name, const auto& own) {
        const auto found = replaced.find(name);
        if (found == replaced.end())
            return at::Tensor();
        at::Tensor& values = found->second->values;
        if (!values.defined())
            values = own();
        toLeaf(values, m_options.device);
        return values;
    };
    const auto putOnNorm = [&](Norm& weights, const std::string& module) {
        weights.trainedWeight = trained(module + ".weight", [&] { return copyOf(weights.weight); });
        weights.trainedBias = trained(module + ".bias", [&] { return copyOf(weights.bias); });
        return weights.trainedWeight.defined() || weights.trainedBias.defined();
    };

    m_trainedEmbedding = trained(m_spec.embedding, [&] { return copyOf(m_embedding); });
    m_trainedHead = trained(m_spec.head, [&] { return copyOf(m_head); });
    for (std::size_t layer = 0; layer < m_blocks.size(); ++layer) {
        report(progress, "preparing the adapter", static_cast<long long>(layer), m_spec.layers);
        Block& block = m_blocks[layer];
        const std::string name = m_spec.blockName(static_cast<std::int64_t>(layer)) + ".";
        for (std::size_t i = 0; i < m_spec.linears.size(); ++i) {
            Linear& linear = block.linears[i];
            const LinearSpec& shape = m_spec.linears[i];
            const std::string module = name + shape.module;
            linear.trainedWeight = trained(module + ".weight", [&] {
                return source ? source->load(module + ".weight", {shape.out, shape.in})
                              : copyOf(dequantize(*linear.weight, at::kFloat));
            });
            linear.trainedBias = trained(module + ".bias", [&] { return copyOf(linear.bias); });
            if (const auto found = pairs.find(module); found != pairs.end())
                prepare(*found->second, linear, source);
            block.trained
                = block.trained || linear.lora || linear.trainedWeight.defined() || linear.trainedBias.defined();
        }
        block.trained = putOnNorm(block.attentionNorm, name + m_spec.attentionNorm) || block.trained;
        if (!m_spec.mlpNorm.empty())
            block.trained = putOnNorm(block.mlpNorm, name + m_spec.mlpNorm) || block.trained;
    }
    putOnNorm(m_finalNorm, m_spec.finalNorm);
    m_adapter->fresh = false;
    report(progress, "preparing the adapter", m_spec.layers, m_spec.layers);
}

} // namespace falconer
