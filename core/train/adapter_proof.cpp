// SPDX-License-Identifier: Apache-2.0
#include "core/train/adapter_proof.h"

#include "core/config/recipe_io.h"
#include "core/data/dataset.h"
#include "core/hub/local_models.h"
#include "core/inference/evaluate.h"
#include "core/model/adapter_folder.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/ops/device.h"
#include "core/train/guard_rails.h"
#include "core/train/train_checkpoint.h"

#include <ctime>
#include <numeric>

namespace falconer {

namespace {

/// When the run was started, which a chat template may print; nothing where no checkpoint says so.
std::optional<std::tm> startOf(const RunFolder& run)
{
    for (const std::int64_t step : run.checkpointSteps()) {
        try {
            const auto began = static_cast<std::time_t>(readTrainState(run.checkpoint(step)).began);
            std::tm local{};
            ::localtime_r(&began, &local);
            return local;
        } catch (const Error&) {
            // A damaged checkpoint; another one knows it as well.
        }
    }
    return std::nullopt;
}

AdapterProof measure(const std::filesystem::path& run, const std::filesystem::path& origin,
    const std::filesystem::path& exported, std::optional<double> recorded, const Progress& progress)
{
    const RunFolder folder = RunFolder::open(run);
    const Recipe recipe = loadRecipe(folder.recipeFile()).recipe;
    const std::filesystem::path model = resolveModel(recipe.model);
    const Checkpoint source(model);
    const auto read = [&](const std::filesystem::path& adapter) {
        return std::make_shared<LoraAdapter>(readAdapterFolder(adapter, source.spec()));
    };
    const std::shared_ptr<LoraAdapter> copied = read(exported); // before the weights: a bad copy is known at once

    const auto tokenizer = loadTokenizerFor(model);
    const Dataset data = loadDataset(recipe.data, recipe.training.seed, *tokenizer, progress, startOf(folder));
    AdapterProof proof;
    proof.validation = data.validation.size() > 0;
    std::vector<std::size_t> rows(std::min(kProofRows, data.train.size()));
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const SampleStore measured = proof.validation ? data.validation : data.train.select(rows);

    const auto decoder = Decoder::load(source, loadOptions(recipe.quantization, chooseDevice(recipe.device)), progress);
    const auto lossOf = [&](const std::shared_ptr<LoraAdapter>& adapter) {
        decoder->setAdapter(adapter, &source, progress);
        return evaluate(*decoder, measured, progress).loss;
    };
    proof.before = proof.validation && recorded ? *recorded : lossOf(read(origin));
    proof.after = lossOf(copied);
    return proof;
}

} // namespace

AdapterProof proveAdapter(const std::filesystem::path& run, const std::filesystem::path& origin,
    const std::filesystem::path& exported, std::optional<double> recorded, const Progress& progress)
{
    try {
        return measure(run, origin, exported, recorded, progress);
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        if (saysOutOfMemory(error))
            throw Error(ErrorCode::outOfMemory, "memory", "there is not enough to load the model once more",
                "close what holds the model, or a run that is going on");
        throw;
    }
}

} // namespace falconer
