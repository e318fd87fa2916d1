// SPDX-License-Identifier: Apache-2.0
#include "core/model/targets.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <regex>
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

std::int64_t layerNumber(std::string_view text, const ModelSpec& spec)
{
    std::int64_t number = -1;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size() || number < 0 || number >= spec.layers)
        throw Error(ErrorCode::recipeInvalid, "lora.layers", "'" + std::string(text) + "' is not a layer of this model",
            "its layers are 0 to " + std::to_string(spec.layers - 1));
    return number;
}

} // namespace

std::vector<std::int64_t> resolveLayers(const ModelSpec& spec, const LoraSettings& settings)
{
    std::set<std::int64_t> layers;
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&settings.layers)) {
        for (const std::int64_t layer : *list)
            layers.insert(layerNumber(std::to_string(layer), spec));
    } else {
        const std::string& text = std::get<std::string>(settings.layers);
        if (text == "all") {
            for (std::int64_t layer = 0; layer < spec.layers; ++layer)
                layers.insert(layer);
        } else {
            for (std::size_t start = 0; start <= text.size();) {
                const std::size_t comma = std::min(text.find(',', start), text.size());
                const std::string_view part = std::string_view(text).substr(start, comma - start);
                const std::size_t dash = part.find('-');
                const std::int64_t first = layerNumber(part.substr(0, dash), spec);
                const std::int64_t last
                    = dash == std::string_view::npos ? first : layerNumber(part.substr(dash + 1), spec);
                for (std::int64_t layer = first; layer <= last; ++layer)
                    layers.insert(layer);
                start = comma + 1;
            }
        }
    }
    if (layers.empty())
        throw Error(ErrorCode::recipeInvalid, "lora.layers", "it names no layer", "use all, a list, or a range such as 0-15");
    return {layers.begin(), layers.end()};
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
    std::vector<std::string> wanted;
    for (const std::int64_t layer : resolveLayers(spec, settings))
        for (const LinearSpec& linear : spec.linears)
            wanted.push_back(spec.blockName(layer) + "." + linear.module);

    std::vector<std::string> chosen;
    if (const auto* names = std::get_if<std::vector<std::string>>(&settings.targets)) {
        const std::vector<std::string> all = allLinears(spec);
        for (const std::string& name : *names)
            if (std::none_of(all.begin(), all.end(), [&](const auto& module) { return matchesSuffix(module, name); }))
                throw Error(ErrorCode::recipeInvalid, "lora.targets", "this model has no linear called " + name,
                    "it has " + linearNames(spec));
        std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(chosen), [&](const std::string& module) {
            return std::any_of(
                names->begin(), names->end(), [&](const auto& name) { return matchesSuffix(module, name); });
        });
    } else {
        const std::string& text = std::get<std::string>(settings.targets);
        if (text == "all-linear")
            return wanted;
        std::regex pattern;
        try {
            pattern = std::regex(text, std::regex::ECMAScript | std::regex::optimize);
        } catch (const std::regex_error&) {
            throw Error(ErrorCode::recipeInvalid, "lora.targets", "'" + text + "' is not a valid regular expression",
                "use all-linear, a list of names, or an expression that matches whole module paths");
        }
        std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(chosen),
            [&](const std::string& module) { return std::regex_match(module, pattern); });
    }
    if (chosen.empty())
        throw Error(ErrorCode::recipeInvalid, "lora.targets", "no linear of this model matches, so there is nothing to train",
            "it has " + linearNames(spec) + " in layers 0 to " + std::to_string(spec.layers - 1));
    return chosen;
}

} // namespace falconer
