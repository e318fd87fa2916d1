// SPDX-License-Identifier: Apache-2.0
#include "core/train/plan_parts.h"

#include "core/data/batches.h"
#include "core/inference/evaluate.h"
#include "core/model/model_parameters.h"
#include "core/model/targets.h"
#include "core/ops/frozen_weight.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <utility>

namespace falconer {

namespace {

constexpr std::int64_t kFloat = 4;
/// Packing rows is quick up to here; beyond, packs are taken to be full.
constexpr std::size_t kRowsToPack = 20'000;
/// Training rows that the hand-over is measured on without validation rows (trainer_finish.cpp).
constexpr std::size_t kProofRows = 32;

void addWeights(PlanParts& parts, const Recipe& recipe, const ModelSpec& spec)
{
    const std::int64_t table = spec.vocabulary * spec.hidden * parts.element;
    parts.tables = table * (spec.tiedHead ? 1 : 2);
    parts.weights = parts.tables;
    const std::int64_t norm = spec.hidden * parts.element * (spec.norm == NormKind::layerNorm ? 2 : 1);
    parts.weights += norm * (1 + spec.layers * (spec.mlpNorm.empty() ? 1 : 2));
    const std::string& type = recipe.quantization.type;
    for (const LinearSpec& linear : spec.linears) {
        const std::int64_t n = linear.out * linear.in;
        std::int64_t codes = n * parts.element;
        std::int64_t scales = 0;
        if (type == "int8") {
            codes = n;
            scales = linear.out * kFloat;
        } else if (parts.quantized) {
            const std::int64_t blocks = (n + kQuantizationBlock - 1) / kQuantizationBlock;
            codes = (n + 1) / 2;
            scales = recipe.quantization.doubleQuant ? blocks + (blocks + 255) / 256 * kFloat : blocks * kFloat;
        }
        parts.weights += spec.layers * (codes + (linear.bias ? linear.out * parts.element : 0));
        parts.scales += spec.layers * scales;
        parts.largestLinear = std::max(parts.largestLinear, n);
    }
}

void addTrained(PlanParts& parts, const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts)
{
    LoraSettings lora = recipe.lora;
    AdapterConfig config;
    config.rank = lora.rank;
    config.rankPattern = lora.rankPattern;
    if (facts.initFrom) {
        config = *facts.initFrom;
        adopt(lora, config);
    }
    const std::vector<std::string> modules = resolveTargets(spec, lora);
    const std::set<std::string> adapted(modules.begin(), modules.end());
    parts.layers.assign(static_cast<std::size_t>(spec.layers), {});
    parts.trainedOfLayer.assign(static_cast<std::size_t>(spec.layers), 0);
    std::map<std::string, std::pair<std::size_t, std::size_t>> places; // module -> layer, linear
    std::map<std::string, std::size_t> norms; // -> layer
    for (std::size_t layer = 0; layer < parts.layers.size(); ++layer) {
        const std::string block = spec.blockName(static_cast<std::int64_t>(layer)) + ".";
        parts.layers[layer].linears.resize(spec.linears.size());
        norms[block + spec.attentionNorm] = layer;
        norms[block + spec.mlpNorm] = layer;
        for (std::size_t i = 0; i < spec.linears.size(); ++i) {
            const std::string module = block + spec.linears[i].module;
            places[module] = {layer, i};
            if (!adapted.contains(module))
                continue;
            const LinearSpec& shape = spec.linears[i];
            PlannedLinear& linear = parts.layers[layer].linears[i];
            linear.rank = config.rankOf(module);
            linear.dora = lora.dora;
            parts.trained.push_back({linear.rank * shape.in, false});
            parts.trained.push_back({linear.rank * shape.out, false});
            if (lora.dora)
                parts.trained.push_back({shape.out, false});
            parts.trainedOfLayer[layer] += linear.rank * (shape.in + shape.out) + (lora.dora ? shape.out : 0);
            parts.pairElements += linear.rank * (shape.in + shape.out);
            parts.largestAdapted = std::max(parts.largestAdapted, shape.in * shape.out);
        }
    }
    std::set<std::string> saved;
    const auto add = [&](const ModelParameter& parameter) {
        const std::int64_t elements
            = std::accumulate(parameter.shape.begin(), parameter.shape.end(), std::int64_t{1}, std::multiplies<>());
        const bool embedding = parameter.owner == ModelParameter::Owner::embedding;
        parts.trained.push_back({elements, embedding});
        parts.trainsEmbedding = parts.trainsEmbedding || embedding;
        parts.trainsHead = parts.trainsHead || parameter.owner == ModelParameter::Owner::head;
        if (const auto place = places.find(parameter.module); place != places.end()) {
            PlannedLinear& linear = parts.layers[place->second.first].linears[place->second.second];
            (parameter.bias ? linear.bias : linear.whole) = true;
            parts.trainedOfLayer[place->second.first] += elements;
        } else if (const auto norm = norms.find(parameter.module); norm != norms.end()) {
            parts.layers[norm->second].norms = true;
            parts.trainedOfLayer[norm->second] += elements;
        }
    };
    for (const ModelParameter& parameter : savedParameters(spec, lora.modulesToSave)) {
        saved.insert(parameter.module);
        add(parameter);
    }
    if (lora.bias != "none") // the rule of trainedBiases()
        for (const ModelParameter& parameter : modelParameters(spec))
            if (parameter.bias && !saved.contains(parameter.module)
                && (lora.bias == "all" || adapted.contains(parameter.module)))
                add(parameter);
}

/// The fullest of the batches that evaluate() makes of these rows.
std::vector<std::int64_t> largestEvaluation(std::span<const std::int64_t> rows, std::int64_t mostTokens)
{
    std::vector<std::int64_t> best, batch;
    std::int64_t bestTokens = 0, tokens = 0;
    const auto close = [&] {
        if (tokens > bestTokens) {
            bestTokens = tokens;
            best = batch;
        }
        batch.clear();
        tokens = 0;
    };
    for (const std::int64_t row : rows) {
        const std::int64_t length = std::clamp<std::int64_t>(row, 1, mostTokens);
        if (tokens + length > kEvaluationTokens && !batch.empty())
            close();
        batch.push_back(length);
        tokens += length;
    }
    close();
    return best;
}

std::vector<std::int64_t> fullEvaluation(std::int64_t mostTokens)
{
    const std::int64_t count = std::max<std::int64_t>(1, kEvaluationTokens / mostTokens);
    return std::vector<std::int64_t>(static_cast<std::size_t>(count), mostTokens);
}

} // namespace

std::int64_t PlanParts::trainedElements() const
{
    return std::accumulate(trained.begin(), trained.end(), std::int64_t{0},
        [](std::int64_t sum, const TrainedSize& tensor) { return sum + tensor.elements; });
}

PlanParts planParts(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts)
{
    PlanParts parts;
    parts.element = recipe.quantization.computeDtype == "float32" ? kFloat : 2;
    parts.quantized = recipe.quantization.type != "none";
    addWeights(parts, recipe, spec);
    addTrained(parts, recipe, spec, facts);
    return parts;
}

std::vector<std::int64_t> largestMicroBatch(const Recipe& recipe, const PlanFacts& facts)
{
    const std::int64_t most = recipe.data.maxLength;
    const auto count = static_cast<std::size_t>(recipe.training.microBatch);
    if (facts.rows.empty() || (recipe.data.packing && facts.rows.size() > kRowsToPack))
        return std::vector<std::int64_t>(count, most);
    std::vector<std::int64_t> lengths(facts.rows.size());
    std::transform(facts.rows.begin(), facts.rows.end(), lengths.begin(),
        [&](std::int64_t length) { return std::clamp<std::int64_t>(length, 1, most); });
    if (!recipe.data.packing) {
        const std::size_t kept = std::min(count, lengths.size());
        std::partial_sort(
            lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(kept), lengths.end(), std::greater<>());
        lengths.resize(kept);
        return lengths;
    }
    const Packs packs = packByLength(lengths, most);
    std::vector<std::pair<std::int64_t, std::int64_t>> sums; // tokens, pack
    for (std::int64_t pack = 0; pack < packs.size(); ++pack) {
        std::int64_t tokens = 0;
        for (const std::int64_t row : packs.at(pack))
            tokens += lengths[static_cast<std::size_t>(row)];
        sums.emplace_back(tokens, pack);
    }
    const std::size_t kept = std::min(count, sums.size());
    std::partial_sort(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(kept), sums.end(), std::greater<>());
    std::vector<std::int64_t> batch;
    for (std::size_t i = 0; i < kept; ++i)
        for (const std::int64_t row : packs.at(sums[i].second))
            batch.push_back(lengths[static_cast<std::size_t>(row)]);
    return batch;
}

std::vector<std::int64_t> largestValidationBatch(const Recipe& recipe, const PlanFacts& facts)
{
    if (!facts.rows.empty())
        return largestEvaluation(facts.validationRows, recipe.data.maxLength);
    const double* share = std::get_if<double>(&recipe.data.validation);
    return share && *share <= 0 ? std::vector<std::int64_t>() : fullEvaluation(recipe.data.maxLength);
}

std::vector<std::int64_t> largestProofBatch(const Recipe& recipe, const PlanFacts& facts)
{
    if (facts.rows.empty())
        return fullEvaluation(recipe.data.maxLength);
    const std::span<const std::int64_t> training = std::span(facts.rows).first(std::min(kProofRows, facts.rows.size()));
    return largestEvaluation(
        facts.validationRows.empty() ? training : std::span(facts.validationRows), recipe.data.maxLength);
}

} // namespace falconer
