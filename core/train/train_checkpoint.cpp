// SPDX-License-Identifier: Apache-2.0
#include "core/train/train_checkpoint.h"

#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "core/formats/safetensors_writer.h"
#include "core/model/adapter_folder.h"
#include "core/run/recipe_values.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

namespace falconer {

namespace {

using nlohmann::json;

/// JSON has no NaN: a loss that was not finite is written as null.
double number(const json& value)
{
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

/// A count; throws what json throws when it is no whole number from `least` to `most`.
std::int64_t count(const json& value, std::int64_t least = 0, std::int64_t most = std::int64_t{1} << 53)
{
    if (!value.is_number_integer() || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most)
        throw json::other_error::create(500, "not a count", nullptr);
    return value.get<std::int64_t>();
}

json toJson(const std::optional<EvalMetrics>& metrics)
{
    if (!metrics)
        return nullptr;
    return {{"step", metrics->step}, {"eval_loss", metrics->loss}, {"eval_perplexity", metrics->perplexity},
        {"eval_tokens", metrics->tokens}};
}

std::optional<EvalMetrics> evalFromJson(const json& value)
{
    if (value.is_null())
        return std::nullopt;
    EvalMetrics metrics;
    metrics.step = count(value.at("step"));
    metrics.loss = number(value.at("eval_loss"));
    metrics.perplexity = number(value.at("eval_perplexity"));
    metrics.tokens = count(value.at("eval_tokens"));
    return metrics;
}

constexpr std::string_view kRemoveIt = "resume from an older checkpoint: remove this one";
constexpr std::string_view kOtherRecipe
    = "put the recipe back as it was when the run started, or start a new run with lora.init_from: ";

StoredType storedType(const at::Tensor& tensor)
{
    switch (tensor.scalar_type()) {
    case at::kFloat: return StoredType::f32;
    case at::kByte: return StoredType::u8;
    default: throw Error(ErrorCode::internal, "checkpoint", "a tensor has a type that checkpoints do not hold");
    }
}

/// Tensors on the host under their names, for as long as they are written.
class HostTensors {
public:
    void add(std::string name, const at::Tensor& tensor)
    {
        m_held.push_back(tensor.detach().to(at::kCPU).contiguous());
        const at::Tensor& held = m_held.back();
        m_views.push_back({std::move(name), storedType(held), held.sizes().vec(),
            {static_cast<const std::byte*>(held.const_data_ptr()), held.nbytes()}});
    }
    void write(const std::filesystem::path& file) const { writeSafetensors(file, m_views); }

private:
    std::vector<at::Tensor> m_held;
    std::vector<TensorView> m_views;
};

/// A tensor to be filled from a checkpoint's file.
struct Target {
    std::string name;
    at::Tensor tensor;
};

/// The file holds exactly `targets`, each with its type and shape.
void checkFits(const TensorFile& file, const std::filesystem::path& path, const std::vector<Target>& targets)
{
    const auto fail = [&](const std::string& problem) {
        throw Error(ErrorCode::requestInvalid, path.string(), problem + ": the checkpoint belongs to another recipe",
            std::string(kOtherRecipe) + path.parent_path().string());
    };
    for (const Target& target : targets) {
        const TensorView* view = file.find(target.name);
        if (!view)
            fail("the tensor " + target.name + " is missing");
        if (view->type != storedType(target.tensor) || view->shape != target.tensor.sizes().vec())
            fail("the tensor " + target.name + " has another type or shape than this run's");
    }
    if (file.tensors().size() != targets.size())
        fail(fmt::format("it holds {} tensors where this run has {}", file.tensors().size(), targets.size()));
}

void fill(const TensorFile& file, const std::vector<Target>& targets)
{
    const at::NoGradGuard noGrad;
    for (const Target& target : targets) {
        const TensorView* view = file.find(target.name);
        at::Tensor values = at::empty(target.tensor.sizes(), at::TensorOptions().dtype(target.tensor.dtype()));
        if (values.nbytes() > 0)
            std::memcpy(values.mutable_data_ptr(), view->bytes.data(), values.nbytes());
        at::Tensor same = target.tensor; // the same storage
        same.copy_(values);
    }
}

json toJson(const std::optional<LossScaler::State>& state)
{
    if (!state)
        return nullptr;
    return {{"scale", state->scale}, {"finite_steps", state->finiteSteps}, {"skipped", state->skipped}};
}

std::optional<LossScaler::State> scalerFromJson(const json& value)
{
    if (value.is_null())
        return std::nullopt;
    LossScaler::State state;
    state.scale = value.at("scale").get<double>();
    state.finiteSteps = count(value.at("finite_steps"));
    state.skipped = count(value.at("skipped"));
    return state;
}

/// Calls read(json) on trainer_state.json.
template <typename Read>
auto fromStateFile(const std::filesystem::path& folder, Read read)
{
    const std::filesystem::path file = folder / "trainer_state.json";
    try {
        return read(json::parse(readFile(file)));
    } catch (const json::exception&) {
        throw Error(ErrorCode::fileMalformed, file.string(), "it is not a trainer state that this version wrote",
            std::string(kRemoveIt));
    }
}

at::Tensor readGenerator(const std::filesystem::path& path)
{
    const auto file = openSafetensors(path);
    const TensorView* view = file->find("generator");
    if (!view || view->type != StoredType::u8 || view->shape.size() != 1)
        throw Error(ErrorCode::fileMalformed, path.string(), "the tensor generator is missing", std::string(kRemoveIt));
    at::Tensor state = at::empty({view->shape[0]}, at::kByte);
    std::memcpy(state.mutable_data_ptr(), view->bytes.data(), view->bytes.size());
    return state;
}

} // namespace

void writeCheckpoint(const std::filesystem::path& folder, const Recipe& recipe, const TrainState& state,
    const LoraAdapter& adapter, Optimizer& optimizer, const at::Tensor& generatorState)
{
    AtomicFolder target(folder);
    const std::filesystem::path& files = target.temporary();
    writeAdapterFiles(files, adapter);

    HostTensors states;
    for (const OptimizerState& part : optimizer.states())
        states.add(part.name, *part.tensor);
    states.write(files / "optimizer.safetensors");
    HostTensors generator;
    generator.add("generator", generatorState);
    generator.write(files / "rng.safetensors");
    if (state.microBatches > 0) {
        HostTensors gradients;
        for (const TrainableTensor& parameter : optimizer.parameters())
            if (parameter.tensor.grad().defined())
                gradients.add(parameter.name, parameter.tensor.grad());
            else
                gradients.add(parameter.name, at::zeros_like(parameter.tensor));
        gradients.write(files / "gradients.safetensors");
    }

    const json text = {{"step", state.step}, {"began", state.began}, {"tokens", state.tokens},
        {"seconds", state.seconds}, {"evaluated", state.evaluated}, {"data_fingerprint", state.dataFingerprint},
        {"start", toJson(state.start)}, {"best", toJson(state.best)}, {"loss_scaler", toJson(state.lossScaler)},
        {"micro_batches", state.microBatches}, {"partial_loss", state.partialLoss}, {"step_seconds", state.stepSeconds},
        {"divergence_said", state.divergenceSaid},
        {"optimizer", {{"kind", optimizer.kind()}, {"steps", optimizer.stepsDone()}}}};
    writeFile(files / "trainer_state.json", text.dump(2) + "\n");
    writeFile(files / "recipe.yaml", writeRecipe(recipe));
    target.commit();
}

void checkWhole(const std::filesystem::path& folder)
{
    readTrainState(folder);
    readAdapterConfig(folder);
    try {
        for (const char* file : {"adapter_model.safetensors", "optimizer.safetensors", "rng.safetensors"})
            openSafetensors(folder / file);
        loadRecipe(folder / "recipe.yaml");
    } catch (const Error& error) {
        const Fault& fault = error.faults().front();
        throw Error(fault.code, fault.subject, fault.problem, std::string(kRemoveIt));
    }
}

TrainState readTrainState(const std::filesystem::path& folder)
{
    return fromStateFile(folder, [](const json& text) {
        TrainState state;
        state.step = count(text.at("step"));
        state.began = count(text.at("began"));
        state.tokens = count(text.at("tokens"));
        state.seconds = text.at("seconds").get<double>();
        state.evaluated = text.at("evaluated").get<bool>();
        state.dataFingerprint = text.at("data_fingerprint").get<std::uint64_t>();
        state.start = evalFromJson(text.at("start"));
        state.best = evalFromJson(text.at("best"));
        state.lossScaler = scalerFromJson(text.at("loss_scaler"));
        state.microBatches = count(text.at("micro_batches"));
        state.partialLoss = number(text.at("partial_loss"));
        state.stepSeconds = text.at("step_seconds").get<double>();
        state.divergenceSaid = text.at("divergence_said").get<bool>();
        if (state.lossScaler && (state.lossScaler->skipped > state.step || !(state.lossScaler->scale > 0)))
            throw json::other_error::create(501, "no loss scale", nullptr);
        return state;
    });
}

void refuseOtherRecipe(const std::filesystem::path& folder, const Recipe& recipe)
{
    const auto harmless = [](std::string_view key) {
        return key == "output" || key == "device" || key.starts_with("logging.") || key.starts_with("sentinel.")
            || key == "training.keep_checkpoints" || key == "training.save_every" || key == "training.sample_prompts";
    };
    const std::filesystem::path file = folder / "recipe.yaml";
    const std::vector<RecipeValue> saved = recipeValues(loadRecipe(file).recipe);
    const std::vector<RecipeValue> now = recipeValues(recipe);
    std::string differences;
    for (std::size_t i = 0; i < now.size(); ++i)
        if (!harmless(now[i].key) && now[i].yaml != saved[i].yaml)
            differences += fmt::format(
                "{}{} is {} and was {}", differences.empty() ? "" : ", ", now[i].key, now[i].yaml, saved[i].yaml);
    if (!differences.empty())
        throw Error(ErrorCode::requestInvalid, folder.string(),
            "the checkpoint belongs to another recipe: " + differences, std::string(kOtherRecipe) + folder.string());
}

at::Tensor readOptimizer(const std::filesystem::path& folder, Optimizer& optimizer)
{
    struct Saved {
        std::string kind;
        std::int64_t steps = 0;
        std::int64_t microBatches = 0;
    };
    const Saved saved = fromStateFile(folder, [](const json& text) {
        const json& part = text.at("optimizer");
        return Saved{part.at("kind").get<std::string>(), part.at("steps").get<std::int64_t>(),
            text.at("micro_batches").get<std::int64_t>()};
    });
    if (saved.kind != optimizer.kind())
        throw Error(ErrorCode::requestInvalid, folder.string(),
            "it was saved by the optimizer " + saved.kind + ", but the recipe says " + optimizer.kind(),
            std::string(kOtherRecipe) + folder.string());

    const std::filesystem::path statesPath = folder / "optimizer.safetensors";
    const std::filesystem::path gradientsPath = folder / "gradients.safetensors";
    const auto states = openSafetensors(statesPath);
    std::vector<Target> stateTargets;
    for (const OptimizerState& state : optimizer.states())
        stateTargets.push_back({state.name, *state.tensor});
    checkFits(*states, statesPath, stateTargets);
    std::unique_ptr<TensorFile> gradients;
    std::vector<Target> gradientTargets;
    if (saved.microBatches > 0) {
        gradients = openSafetensors(gradientsPath);
        for (const TrainableTensor& parameter : optimizer.parameters())
            gradientTargets.push_back({parameter.name, at::zeros_like(parameter.tensor)});
        checkFits(*gradients, gradientsPath, gradientTargets);
    }
    const at::Tensor generator = readGenerator(folder / "rng.safetensors");

    fill(*states, stateTargets);
    optimizer.setStepsDone(saved.steps);
    if (gradients) {
        fill(*gradients, gradientTargets);
        for (std::size_t i = 0; i < gradientTargets.size(); ++i) {
            at::Tensor parameter = optimizer.parameters()[i].tensor; // the same tensor
            parameter.mutable_grad() = gradientTargets[i].tensor.detach();
        }
    }
    return generator;
}

} // namespace falconer
