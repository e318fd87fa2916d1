// SPDX-License-Identifier: Apache-2.0
#include "core/model/targets.h"

#include "core/base/fault_list.h"
#include "core/base/text.h"
#include "core/config/recipe_io.h"
#include "core/model/model_parameters.h"
#include "core/model/module_pattern.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

namespace falconer {

namespace {

std::string lastPart(const std::string& module) { return module.substr(module.rfind('.') + 1); }

std::string linearNames(const ModelSpec& spec)
{
    std::vector<std::string> names;
    for (const LinearSpec& linear : spec.linears)
        names.push_back(lastPart(linear.module));
    return join(names);
}

bool matchesSuffix(const std::string& module, const std::string& item)
{
    return module == item || module.ends_with("." + item);
}

/// The linears that lora.modules_to_save trains as a whole. Throws recipeInvalid for a name that the model does not
/// have.
std::set<std::string> savedLinears(const ModelSpec& spec, const std::vector<std::string>& modulesToSave)
{
    std::set<std::string> saved;
    FaultList faults;
    for (const std::string& name : modulesToSave) {
        const std::vector<ModelParameter> found = savedParameters(spec, {name});
        if (found.empty())
            faults.add({{ErrorCode::recipeInvalid, "lora.modules_to_save", "this model has no module called " + name,
                "it has " + lastPart(spec.embedding.substr(0, spec.embedding.rfind('.'))) + ", "
                    + spec.head.substr(0, spec.head.rfind('.')) + ", " + lastPart(spec.finalNorm) + ", "
                    + linearNames(spec)}});
        for (const ModelParameter& parameter : found)
            saved.insert(parameter.module);
    }
    faults.check();
    return saved;
}

} // namespace

std::vector<std::int64_t> resolveLayers(const ModelSpec& spec, const LoraSettings& settings)
{
    const std::optional<std::vector<std::int64_t>> chosen = layerNumbers(settings);
    std::vector<std::int64_t> layers(static_cast<std::size_t>(spec.layers));
    std::iota(layers.begin(), layers.end(), 0);
    if (!chosen)
        return layers;
    for (const std::int64_t layer : *chosen)
        if (layer >= spec.layers)
            throw Error(ErrorCode::recipeInvalid, "lora.layers", "this model has no layer " + std::to_string(layer),
                "its layers are 0 to " + std::to_string(spec.layers - 1));
    return *chosen;
}

std::vector<std::string> allLinears(const ModelSpec& spec)
{
    std::vector<std::string> modules;
    for (std::int64_t layer = 0; layer < spec.layers; ++layer)
        for (const LinearSpec& linear : spec.linears)
            modules.push_back(spec.blockName(layer) + "." + linear.module);
    return modules;
}

const LinearSpec& linearOf(const ModelSpec& spec, const std::string& module)
{
    for (const LinearSpec& linear : spec.linears)
        if (module.ends_with("." + linear.module))
            return linear;
    throw Error(ErrorCode::internal, module, "the model has no such linear");
}

std::vector<std::string> resolveTargets(const ModelSpec& spec, const LoraSettings& settings)
{
    FaultList faults;
    std::set<std::string> saved;
    faults.attempt([&] { saved = savedLinears(spec, settings.modulesToSave); });
    std::vector<std::int64_t> layers;
    faults.attempt([&] { layers = resolveLayers(spec, settings); });
    const auto* names = std::get_if<std::vector<std::string>>(&settings.targets);
    const std::vector<std::string> all = allLinears(spec);
    for (const std::string& name : names ? *names : std::vector<std::string>())
        if (std::none_of(all.begin(), all.end(), [&](const auto& module) { return matchesSuffix(module, name); }))
            faults.add({{ErrorCode::recipeInvalid, "lora.targets", "this model has no linear called " + name,
                "it has " + linearNames(spec)}});
    faults.check();

    std::vector<std::string> wanted;
    for (const std::int64_t layer : layers)
        for (const LinearSpec& linear : spec.linears)
            if (std::string module = spec.blockName(layer) + "." + linear.module; !saved.contains(module))
                wanted.push_back(std::move(module));

    std::vector<std::string> chosen;
    if (names) {
        std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(chosen), [&](const std::string& module) {
            return std::any_of(
                names->begin(), names->end(), [&](const auto& name) { return matchesSuffix(module, name); });
        });
    } else if (const std::string& text = std::get<std::string>(settings.targets); text == "all-linear") {
        chosen = wanted;
    } else {
        const ModulePattern pattern(text, "lora.targets");
        std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(chosen),
            [&](const std::string& module) { return pattern.matches(module); });
    }
    if (chosen.empty())
        throw Error(ErrorCode::recipeInvalid, "lora.targets",
            std::string("no linear of this model matches")
                + (saved.empty() ? "" : " that lora.modules_to_save does not train as a whole")
                + ", so there is nothing to train",
            "it has " + linearNames(spec) + " in layers 0 to " + std::to_string(spec.layers - 1));
    return chosen;
}

} // namespace falconer
