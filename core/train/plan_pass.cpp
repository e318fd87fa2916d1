// SPDX-License-Identifier: Apache-2.0
#include "core/ops/cross_entropy.h"
#include "core/train/plan_layers.h"

#include <algorithm>

namespace falconer {

namespace {

constexpr std::int64_t kFloat = 4;

} // namespace

PassMemory planPass(const ModelSpec& spec, std::span<const PlannedLayer> layers, const PlannedPass& pass,
    std::span<const std::int64_t> layerGradients, bool trainsEmbedding, bool trainsHead)
{
    const std::int64_t tokens = pass.tokens();
    const std::int64_t stream = tokens * spec.hidden * pass.element;
    const std::int64_t table = spec.vocabulary * spec.hidden;
    bool flows = pass.gradients && trainsEmbedding;
    std::int64_t kept = 0;
    if (trainsEmbedding && pass.element != kFloat)
        kept += table * pass.element; // the trained one in the compute type
    PassMemory memory;
    std::vector<LayerMemory> parts;
    for (const PlannedLayer& layer : layers) {
        parts.push_back(planLayer(spec, layer, pass, flows));
        memory.activations = std::max(memory.activations, kept + parts.back().forwardPeak);
        memory.workspace = std::max(memory.workspace, parts.back().workspace);
        kept += pass.gradients ? parts.back().kept : 0;
        flows = flows || (pass.gradients && layer.trains());
    }
    // The final norm (in float32 for a moment), the rows that have a target, and their gradient.
    const std::int64_t rows = std::min(kLogitRows, tokens);
    const std::int64_t end = kept + stream * (pass.gradients ? 4 : 3) + tokens * spec.hidden * kFloat;
    memory.logits = rows * spec.vocabulary * 2 * kFloat;
    if (trainsHead)
        memory.logits += pass.gradients ? table * (kFloat + pass.element) : table * pass.element;
    memory.atLoss = end;
    memory.activations = std::max(memory.activations, end);
    std::int64_t gradients = 0;
    for (std::size_t i = parts.size(); pass.gradients && i-- > 0;) {
        kept -= parts[i].kept;
        if (parts[i].backwardPeak > 0)
            memory.activations = std::max(memory.activations, kept + gradients + parts[i].backwardPeak);
        gradients += layerGradients.empty() ? 0 : layerGradients[i];
    }
    return memory;
}

} // namespace falconer
