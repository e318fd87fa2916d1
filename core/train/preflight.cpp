// SPDX-License-Identifier: Apache-2.0
#include "core/train/preflight.h"

#include "core/hub/local_models.h"
#include "core/model/adapter_folder.h"
#include "core/model/targets.h"

#include <algorithm>

namespace falconer {

ModelFiles openModelFiles(const std::string& model, FaultList& faults)
{
    ModelFiles files;
    if (!faults.attempt([&] { files.path = resolveModel(model); }))
        return files;
    faults.attempt([&] { files.checkpoint = std::make_unique<Checkpoint>(files.path); });
    FaultList ofTokenizer;
    ofTokenizer.attempt([&] { files.tokenizer = loadTokenizerFor(files.path); });
    // Both read config.json, and what one said of a file the other need not say in its own words.
    for (const Fault& fault : ofTokenizer.faults())
        if (std::none_of(faults.faults().begin(), faults.faults().end(),
                [&](const Fault& other) { return other.subject == fault.subject; }))
            faults.add({fault});
    return files;
}

void checkAdapter(const LoadedRecipe& loaded, const ModelFiles& model, FaultList& faults)
{
    const Recipe& recipe = loaded.recipe;
    faults.attempt([&] {
        if (recipe.lora.initFrom) {
            faults.add(contradictions(loaded,
                model.checkpoint ? readAdapterFolder(*recipe.lora.initFrom, model.checkpoint->spec()).config
                                 : readAdapterConfig(*recipe.lora.initFrom)));
        } else if (model.checkpoint) {
            const ModelSpec& spec = model.checkpoint->spec();
            const std::vector<std::string> modules = resolveTargets(spec, recipe.lora);
            adapterConfigFor(recipe, modules, resolveLayers(spec, recipe.lora), spec.layers, recipe.model);
        }
    });
}

} // namespace falconer
