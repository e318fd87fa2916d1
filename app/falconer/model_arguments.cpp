// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/model_arguments.h"

#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/progress_view.h"
#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "core/hub/local_models.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace falconer::cli {

void addModel(CLI::App& arguments, std::string& model)
{
    addOption(arguments, "--model", model, "A model: a folder, a .gguf file, or a Hub id already on this machine")
        ->type_name("M")
        ->required();
}

void ModelArguments::declare(CLI::App& arguments)
{
    addModel(arguments, model);
    addOption(arguments, "--adapter", adapter, "A PEFT adapter folder to put on it")->type_name("A");
    addOption(arguments, "--quantization", quantization,
        "none, int8, fp4 or nf4 (default: none; computed in float32 unless --set quantization.compute_dtype says "
        "otherwise)")
        ->type_name("Q");
    addSettings(arguments, settings);
}

Recipe ModelArguments::recipe(const std::string& data) const
{
    // A recipe has to name training data. Where a verb reads none, the empty device stands in; nothing opens it.
    const nlohmann::json text = {
        {"model", resolveModel(model).string()},
        {"quantization", {{"type", quantization}, {"compute_dtype", "float32"}}},
        {"data", {{"train", data.empty() ? "/dev/null" : expandPath(data).string()}, {"validation", 0}}},
    };
    const std::string origin = "--quantization"; // the one word of the recipe above that is the user's own
    try {
        return parseRecipe(text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), origin,
            std::filesystem::current_path(), settings)
            .recipe;
    } catch (const Error& error) {
        std::vector<Fault> faults = error.faults();
        for (Fault& fault : faults)
            if (fault.subject.starts_with(origin)) // it is no file, so it has no lines
                fault.subject = origin;
        throw Error(std::move(faults));
    }
}

LoadedModel ModelArguments::load(const Recipe& recipe, Console& console) const
{
    std::optional<std::filesystem::path> folder;
    if (!adapter.empty())
        folder = expandPath(adapter);
    ProgressView progress(console);
    LoadedModel loaded = loadModel(recipe.model, recipe.quantization, recipe.device, folder, progress.callback());
    console.status("");
    return loaded;
}

} // namespace falconer::cli
