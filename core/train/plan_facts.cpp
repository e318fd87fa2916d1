// SPDX-License-Identifier: Apache-2.0
#include "core/train/plan_facts.h"

#include "core/base/files.h"
#include "core/base/memory.h"
#include "core/model/checkpoint.h"
#include "core/ops/device.h"
#include "core/ops/frozen_weight.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <chrono>
#include <cmath>
#include <utility>

namespace falconer {

namespace {

constexpr std::uintmax_t kQuickToRead = 64ull << 20;
constexpr std::int64_t kUncut = 1 << 20; ///< the largest data.max_length
constexpr auto kErrorBudget = std::chrono::milliseconds(1000);
constexpr std::int64_t kLargestSample = 16
    << 20; ///< elements: a matrix above this is left out where there is a smaller

PlanFacts machineFacts(const Recipe& recipe, bool gpu, std::int64_t gpuAvailable)
{
    PlanFacts facts;
    facts.gpu = gpu;
    facts.gpuAvailable = gpuAvailable;
    facts.threads = at::get_num_threads();
    const MachineMemory machine = machineMemory();
    if (machine.total > 0) // what this process holds is the run's too
        facts.ramAvailable = std::min(machine.total, machine.available + processMemory().value_or(0));
    if (recipe.lora.initFrom)
        facts.initFrom = readAdapterConfig(*recipe.lora.initFrom);
    return facts;
}

void addRows(PlanFacts& facts, const Dataset& data)
{
    for (std::size_t i = 0; i < data.train.size(); ++i)
        facts.rows.push_back(data.train.lengthAt(i));
    for (std::size_t i = 0; i < data.validation.size(); ++i)
        facts.validationRows.push_back(data.validation.lengthAt(i));
}

bool quickToRead(const DataSettings& data)
{
    std::uintmax_t bytes = 0;
    const auto add = [&](const std::string& path) {
        std::error_code failure;
        const std::uintmax_t size = std::filesystem::file_size(path, failure);
        bytes += failure ? 0 : size; // a file that is not there is loadDataset()'s to report
    };
    for (const WeightedFile& file : data.train)
        add(file.path);
    if (const auto* file = std::get_if<std::string>(&data.validation))
        add(*file);
    return bytes <= kQuickToRead;
}

double squares(const at::Tensor& values) { return values.to(at::kDouble).square().sum().item<double>(); }

} // namespace

PlanFacts planFacts(const Recipe& recipe, const Dataset& rows, bool gpu, std::int64_t gpuAvailable)
{
    PlanFacts facts = machineFacts(recipe, gpu, gpuAvailable);
    addRows(facts, rows);
    return facts;
}

PlanFacts planFacts(
    const Recipe& recipe, const Tokenizer& tokenizer, bool gpu, std::int64_t gpuAvailable, const Progress& progress)
{
    PlanFacts facts = machineFacts(recipe, gpu, gpuAvailable);
    if (!quickToRead(recipe.data))
        return facts;
    DataSettings uncut = recipe.data;
    uncut.maxLength = kUncut;
    addRows(facts, loadDataset(uncut, recipe.training.seed, tokenizer, progress));
    return facts;
}

std::int64_t freeGpuMemory(const std::string& device)
{
    try {
        return freeMemory(chooseDevice(device));
    } catch (const Error&) {
        return 0;
    }
}

std::int64_t storedBytesPerWeight(const Checkpoint& checkpoint)
{
    const StoredType type = checkpoint.storedType(checkpoint.spec().embedding);
    const auto elements = blockElements(type);
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(storedBytes(type, elements)) / elements);
}

std::vector<WeightError> sampledWeightErrors(const Checkpoint& checkpoint, bool doubleQuantize)
{
    const at::NoGradGuard noGrad;
    const ModelSpec& spec = checkpoint.spec();
    const auto began = std::chrono::steady_clock::now();
    const std::pair<const char*, WeightType> kinds[] = {{"bfloat16", WeightType::plain}, {"int8", WeightType::int8},
        {"nf4", WeightType::nf4}, {"fp4", WeightType::fp4}};
    std::vector<WeightError> errors;
    for (const auto& kind : kinds)
        errors.push_back({kind.first, 0});
    // Smaller matrices first, so that those of a large model stay quick.
    std::vector<const LinearSpec*> linears;
    for (const LinearSpec& linear : spec.linears)
        linears.push_back(&linear);
    std::stable_sort(linears.begin(), linears.end(),
        [](const LinearSpec* left, const LinearSpec* right) { return left->out * left->in < right->out * right->in; });
    double weights = 0;
    for (const LinearSpec* linear : linears) {
        if (weights > 0 && linear->out * linear->in > kLargestSample)
            break;
        for (const std::int64_t layer : {spec.layers / 2, std::int64_t{0}, spec.layers - 1}) {
            if (weights > 0 && std::chrono::steady_clock::now() - began > kErrorBudget)
                break;
            const at::Tensor values
                = checkpoint.load(spec.blockName(layer) + "." + linear->module + ".weight", {linear->out, linear->in});
            weights += squares(values);
            for (std::size_t i = 0; i < errors.size(); ++i) {
                const FrozenWeight frozen = freeze(values, kinds[i].second, doubleQuantize, at::kBFloat16);
                errors[i].error += squares(values - dequantize(frozen, at::kFloat));
            }
        }
    }
    for (WeightError& error : errors)
        error.error = weights > 0 ? std::sqrt(error.error / weights) : 0;
    return errors;
}

} // namespace falconer
