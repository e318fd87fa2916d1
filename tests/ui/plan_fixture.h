// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/page_fixture.h"
#include "ui/session/services.h"

#include <QThread>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace falconer::test {

/// Falcon-7B as its config.json describes it.
inline ModelSpec falcon7b(std::int64_t layers = 32)
{
    ModelSpec spec;
    spec.family = "falcon";
    spec.vocabulary = 65024;
    spec.hidden = 4544;
    spec.layers = layers;
    spec.heads = 71;
    spec.kvHeads = 1;
    spec.headDim = 64;
    spec.feedForward = 18176;
    spec.context = 2048;
    spec.parallel = true;
    spec.tiedHead = true;
    spec.embedding = "transformer.word_embeddings.weight";
    spec.blockPrefix = "transformer.h.";
    spec.finalNorm = "transformer.ln_f";
    spec.head = "lm_head.weight";
    spec.attentionNorm = "input_layernorm";
    spec.linears = {{"self_attention.query_key_value", 4672, 4544, false}, {"self_attention.dense", 4544, 4544, false},
        {"mlp.dense_h_to_4h", 18176, 4544, false}, {"mlp.dense_4h_to_h", 4544, 18176, false}};
    return spec;
}

constexpr std::int64_t hundredthsOfGib(std::int64_t n) { return n * (std::int64_t{1} << 30) / 100; }

/// What the scripted planner answers, and what it was asked. Shared, because workers may outlive a test.
struct PlanScript {
    std::atomic<int> plans = 0;
    std::atomic<int> waiting = 0; ///< planRun() blocks until it is cancelled or this is 0
    std::atomic<std::int64_t> available = hundredthsOfGib(740);
    std::atomic<bool> gpu = true;
    std::atomic<bool> rowsKnown = true;
};

inline RunForecast forecastOf(const Recipe& recipe, const PlanScript& script)
{
    using enum MemoryClass;
    MemoryBytes bytes;
    bytes[weights] = hundredthsOfGib(360);
    bytes[quantizationState] = hundredthsOfGib(13);
    bytes[adapters] = hundredthsOfGib(13 * recipe.lora.rank / 16);
    bytes[gradients] = hundredthsOfGib(13 * recipe.lora.rank / 16);
    bytes[optimizer] = hundredthsOfGib(25 * recipe.lora.rank / 16);
    bytes[activations] = hundredthsOfGib(26) * recipe.training.microBatch;
    bytes[logits] = hundredthsOfGib(17);
    bytes[workspace] = hundredthsOfGib(30);
    bytes[libtorch] = hundredthsOfGib(45);
    RunForecast forecast;
    MemoryPlan& plan = forecast.plan;
    plan.ram[libtorch] = hundredthsOfGib(150);
    if (script.gpu)
        plan.gpu = bytes;
    else
        plan.ram = bytes;
    for (const std::int64_t each : bytes.bytes)
        plan.peak += each;
    plan.phase = "training";
    plan.available = script.available;
    if (plan.available > 0)
        plan.fits = plan.peak <= plan.available;
    forecast.checkpointing = "off";
    forecast.tables = hundredthsOfGib(55);
    forecast.device = script.gpu ? "cuda:0" : "cpu (avx2, 2 threads)";
    forecast.machine = plan.available > 0 ? hundredthsOfGib(760) : 0;
    forecast.ramAvailable = hundredthsOfGib(1200);
    PlanSuggestion suggestion;
    suggestion.recipe = recipe;
    suggestion.recipe.training.microBatch = recipe.training.microBatch / 2;
    suggestion.recipe.training.gradientAccumulation = recipe.training.gradientAccumulation * 2;
    suggestion.change = "training.micro_batch=" + std::to_string(suggestion.recipe.training.microBatch)
        + " training.gradient_accumulation=" + std::to_string(suggestion.recipe.training.gradientAccumulation);
    suggestion.savesBytes = hundredthsOfGib(13) * recipe.training.microBatch;
    if (recipe.training.microBatch > 1)
        forecast.suggestions.push_back(suggestion);
    suggestion.recipe = recipe;
    suggestion.recipe.training.gradientCheckpointing = "selective";
    suggestion.change = "training.gradient_checkpointing=selective";
    suggestion.savesBytes = hundredthsOfGib(110);
    if (recipe.training.gradientCheckpointing != "selective")
        forecast.suggestions.push_back(suggestion);
    const std::int64_t extra[] = {918, 298, 0, 0};
    const char* types[] = {"none", "int8", "fp4", "nf4"};
    for (int i = 0; i < 4; ++i) {
        QuantizationPeak peak{types[i], plan.peak + hundredthsOfGib(extra[i]), {}};
        if (plan.available > 0)
            peak.fits = peak.peak <= plan.available;
        forecast.peaks.push_back(peak);
    }
    forecast.longestRow = recipe.data.maxLength;
    if (script.rowsKnown) {
        forecast.trainRows = 824;
        forecast.validationRows = 43;
        forecast.steps = RunPlan{824, 103, 103, 412, 20, 20};
        forecast.runTokens = 180'000;
        forecast.evalTokens = 30'000;
    } else {
        forecast.rowsProblem = "rows.jsonl: it does not exist";
    }
    return forecast;
}

/// Services with a scripted planner; a model called "missing" is not there.
inline ui::Services planServices(PageFixture& home, const std::shared_ptr<PlanScript>& script, std::int64_t layers = 32)
{
    ui::Services services = home.services();
    const auto refuseMissing = [](const std::string& model) {
        if (model == "missing")
            throw Error(ErrorCode::fileMissing, "missing", "there is no such model", "choose another");
    };
    services.describeModel = [refuseMissing, layers](const std::string& model) {
        refuseMissing(model);
        return falcon7b(layers);
    };
    services.planRun = [refuseMissing, script](const LoadedRecipe& recipe, const Progress& progress) {
        refuseMissing(recipe.recipe.model);
        ++script->plans;
        while (script->waiting > 0) {
            QThread::msleep(1);
            report(progress, "reading", 0, 0);
        }
        return forecastOf(recipe.recipe, *script);
    };
    services.weightErrors = [](const Recipe&) {
        return std::vector<WeightError>{{"bfloat16", 0.002}, {"int8", 0.008}, {"nf4", 0.081}, {"fp4", 0.11}};
    };
    return services;
}

} // namespace falconer::test
