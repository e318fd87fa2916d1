// SPDX-License-Identifier: Apache-2.0
#include "core/train/train_checkpoint.h"

#include "core/base/files.h"
#include "core/formats/safetensors_writer.h"
#include "core/model/adapter_folder.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstring>

namespace falconer {

namespace {

using nlohmann::json;

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
    metrics.step = value.at("step").get<std::int64_t>();
    metrics.loss = value.at("eval_loss").get<double>();
    metrics.perplexity = value.at("eval_perplexity").get<double>();
    metrics.tokens = value.at("eval_tokens").get<std::int64_t>();
    return metrics;
}

TensorView viewOf(const std::string& name, const at::Tensor& tensor)
{
    return {name, tensor.scalar_type() == at::kByte ? StoredType::u8 : StoredType::f32, tensor.sizes().vec(),
        {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()}};
}

void readInto(const TensorFile& file, const std::string& name, at::Tensor& target)
{
    const TensorView* view = file.find(name);
    const std::string where = view ? file.fileOf(*view).string() : "optimizer.safetensors";
    if (!view || view->type != StoredType::f32 || view->shape != target.sizes().vec())
        throw Error(ErrorCode::fileMalformed, where, "the tensor " + name + " is missing or does not fit the adapter",
            "resume from an older checkpoint: remove this one");
    at::Tensor values = at::empty(target.sizes(), at::kFloat);
    decode(*view, 0, {values.mutable_data_ptr<float>(), static_cast<std::size_t>(values.numel())});
    const at::NoGradGuard noGrad;
    target.copy_(values);
}

} // namespace

void writeCheckpoint(const std::filesystem::path& folder, const TrainState& state, const LoraAdapter& adapter,
    AdamW& optimizer, const at::Tensor& generatorState)
{
    AtomicFolder target(folder);
    const std::filesystem::path& files = target.temporary();
    writeAdapterFiles(files, adapter);

    std::vector<at::Tensor> held; // keeps host copies alive until they are written
    std::vector<TensorView> views;
    const auto add = [&](const char* prefix, const std::vector<at::Tensor>& moments) {
        for (std::size_t i = 0; i < moments.size(); ++i) {
            held.push_back(moments[i].detach().to(at::kCPU).contiguous());
            views.push_back(viewOf(prefix + std::to_string(i), held.back()));
        }
    };
    add("exp_avg.", optimizer.firstMoments());
    add("exp_avg_sq.", optimizer.secondMoments());
    writeSafetensors(files / "optimizer.safetensors", views);
    writeSafetensors(files / "rng.safetensors", {viewOf("generator", generatorState)});

    const json text
        = {{"step", state.step}, {"tokens", state.tokens}, {"seconds", state.seconds}, {"evaluated", state.evaluated},
            {"data_fingerprint", state.dataFingerprint}, {"start", toJson(state.start)}, {"best", toJson(state.best)}};
    writeFile(files / "trainer_state.json", text.dump(2) + "\n");
    target.commit();
}

TrainState readTrainState(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "trainer_state.json";
    try {
        const json text = json::parse(readFile(file));
        TrainState state;
        state.step = text.at("step").get<std::int64_t>();
        state.tokens = text.at("tokens").get<std::int64_t>();
        state.seconds = text.at("seconds").get<double>();
        state.evaluated = text.at("evaluated").get<bool>();
        state.dataFingerprint = text.at("data_fingerprint").get<std::uint64_t>();
        state.start = evalFromJson(text.at("start"));
        state.best = evalFromJson(text.at("best"));
        return state;
    } catch (const json::exception&) {
        throw Error(ErrorCode::fileMalformed, file.string(), "it is not a trainer state that this version wrote",
            "resume from an older checkpoint: remove this one");
    }
}

at::Tensor readOptimizer(const std::filesystem::path& folder, AdamW& optimizer)
{
    const auto file = openSafetensors(folder / "optimizer.safetensors");
    for (std::size_t i = 0; i < optimizer.firstMoments().size(); ++i) {
        readInto(*file, "exp_avg." + std::to_string(i), optimizer.firstMoments()[i]);
        readInto(*file, "exp_avg_sq." + std::to_string(i), optimizer.secondMoments()[i]);
    }
    const std::filesystem::path rngFile = folder / "rng.safetensors";
    const auto rng = openSafetensors(rngFile);
    const TensorView* view = rng->find("generator");
    if (!view || view->type != StoredType::u8 || view->shape.size() != 1)
        throw Error(ErrorCode::fileMalformed, rngFile.string(), "the tensor generator is missing",
            "resume from an older checkpoint: remove this one");
    at::Tensor state = at::empty({view->shape[0]}, at::kByte);
    std::memcpy(state.mutable_data_ptr(), view->bytes.data(), view->bytes.size());
    return state;
}

} // namespace falconer
