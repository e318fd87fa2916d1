// SPDX-License-Identifier: Apache-2.0
#include "core/model/layer_map.h"

#include "core/model/model_parameters.h"
#include "core/model/module_pattern.h"
#include "core/model/targets.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace falconer {

namespace {

using Layers = std::vector<std::int64_t>;
using Modules = std::vector<std::size_t>; ///< indices into ModelSpec::linears

/// `text` as a regular expression that matches itself.
std::string quoted(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        result += plain ? std::string(1, c) : std::string("\\") + c;
    }
    return result;
}

template <class Items, class ToText>
std::string anyOf(const Items& items, ToText toText)
{
    std::string text;
    for (const auto& item : items)
        text += (text.empty() ? "" : "|") + toText(item);
    return items.size() == 1 ? text : "(" + text + ")";
}

std::string anyLayer(const Layers& layers)
{
    return anyOf(layers, [](std::int64_t layer) { return std::to_string(layer); });
}

std::string anyModule(const ModelSpec& spec, const Modules& modules)
{
    return anyOf(modules, [&](std::size_t module) { return quoted(spec.linears[module].module); });
}

/// What the suffix rule knows the module by: the last part of its path where no other module has the same.
std::string nameOf(const ModelSpec& spec, std::size_t module)
{
    const auto last = [&](std::size_t i) {
        const std::string& path = spec.linears[i].module;
        return path.substr(path.rfind('.') + 1);
    };
    for (std::size_t other = 0; other < spec.linears.size(); ++other)
        if (other != module && last(other) == last(module))
            return spec.linears[module].module;
    return last(module);
}

std::string pathOf(const ModelSpec& spec, std::size_t module, std::size_t layer)
{
    return spec.blockName(static_cast<std::int64_t>(layer)) + "." + spec.linears[module].module;
}

/// The layers in which a cell of the module holds.
template <class Holds>
Layers layersWhere(const LayerMap& map, std::size_t module, Holds holds)
{
    Layers layers;
    for (std::size_t layer = 0; layer < map.layers; ++layer)
        if (holds(map.at(module, layer)))
            layers.push_back(static_cast<std::int64_t>(layer));
    return layers;
}

bool isChosen(std::int64_t rank) { return rank > 0; }

void writeTargets(LoraSettings& lora, const ModelSpec& spec, const LayerMap& map)
{
    std::set<std::int64_t> chosen;
    for (std::size_t module = 0; module < map.modules; ++module)
        for (const std::int64_t layer : layersWhere(map, module, isChosen))
            chosen.insert(layer);
    const Layers layers(chosen.begin(), chosen.end());
    const bool everyLayer = layers.size() == map.layers;

    Modules complete; // chosen in all of `layers`
    bool alike = true;
    bool all = true;
    std::map<Layers, Modules> groups;
    for (std::size_t module = 0; module < map.modules; ++module) {
        std::size_t in = 0, out = 0;
        for (const std::int64_t layer : layers) {
            const std::int64_t rank = map.at(module, static_cast<std::size_t>(layer));
            in += isChosen(rank) ? 1 : 0;
            out += rank == LayerMap::kOut ? 1 : 0;
        }
        alike = alike && (in == 0 || out == 0);
        all = all && out == 0;
        if (in > 0) {
            complete.push_back(module);
            groups[layersWhere(map, module, isChosen)].push_back(module);
        }
    }
    lora.layers = std::string("all");
    if (alike) {
        if (!everyLayer && !layers.empty())
            lora.layers = layerRanges(layers);
        std::vector<std::string> names;
        for (const std::size_t module : complete)
            names.push_back(nameOf(spec, module));
        if (all && !names.empty())
            lora.targets = std::string("all-linear");
        else
            lora.targets = names;
        return;
    }
    std::string choices;
    for (const auto& [where, modules] : groups)
        choices += (choices.empty() ? "" : "|") + (where.size() == map.layers ? std::string("[0-9]+") : anyLayer(where))
            + "\\." + anyModule(spec, modules);
    lora.targets = quoted(spec.blockPrefix) + "(" + choices + ")";
}

/// The rank of the cells without a pattern: lora.rank where a cell has it, else the one that most have.
std::int64_t baseRank(const LayerMap& map, std::int64_t rank)
{
    std::map<std::int64_t, std::size_t> counts;
    for (const std::int64_t each : map.ranks)
        if (isChosen(each))
            ++counts[each];
    if (counts.empty() || counts.contains(rank))
        return rank;
    return std::max_element(counts.begin(), counts.end(), [](const auto& left, const auto& right) {
        return left.second < right.second;
    })->first;
}

void writeRanks(LoraSettings& lora, const ModelSpec& spec, const LayerMap& map)
{
    lora.rank = baseRank(map, lora.rank);
    lora.rankPattern.clear();
    std::set<std::int64_t> others;
    for (const std::int64_t rank : map.ranks)
        if (isChosen(rank) && rank != lora.rank)
            others.insert(rank);
    const std::string block
        = quoted(spec.blockPrefix.substr(spec.blockPrefix.rfind('.', spec.blockPrefix.size() - 2) + 1));
    for (const std::int64_t rank : others) {
        std::map<Layers, Modules> groups;
        for (std::size_t module = 0; module < map.modules; ++module) {
            const Layers with = layersWhere(map, module, [&](std::int64_t each) { return each == rank; });
            if (with.empty())
                continue;
            if (with == layersWhere(map, module, isChosen))
                lora.rankPattern.emplace_back(quoted(nameOf(spec, module)), rank);
            else
                groups[with].push_back(module);
        }
        for (const auto& [layers, modules] : groups)
            lora.rankPattern.emplace_back(block + anyLayer(layers) + "\\." + anyModule(spec, modules), rank);
    }
}

} // namespace

std::string layerRanges(const std::vector<std::int64_t>& layers)
{
    std::string text;
    for (std::size_t first = 0; first < layers.size();) {
        std::size_t last = first;
        while (last + 1 < layers.size() && layers[last + 1] == layers[last] + 1)
            ++last;
        text += (text.empty() ? "" : ",") + std::to_string(layers[first]);
        if (last > first)
            text += "-" + std::to_string(layers[last]);
        first = last + 1;
    }
    return text;
}

LayerMap readLayerMap(const ModelSpec& spec, const LoraSettings& lora)
{
    LayerMap map(spec);
    const auto* names = std::get_if<std::vector<std::string>>(&lora.targets);
    std::set<std::string> chosen;
    if (!names || !names->empty())
        for (std::string& module : resolveTargets(spec, lora))
            chosen.insert(std::move(module));
    std::set<std::string> whole;
    for (const ModelParameter& parameter : savedParameters(spec, lora.modulesToSave))
        whole.insert(parameter.module);
    std::vector<std::pair<ModulePattern, std::int64_t>> patterns;
    for (const auto& [expression, rank] : lora.rankPattern)
        patterns.emplace_back(ModulePattern(expression, "lora.rank_pattern"), rank);
    for (std::size_t module = 0; module < map.modules; ++module)
        for (std::size_t layer = 0; layer < map.layers; ++layer) {
            const std::string path = pathOf(spec, module, layer);
            if (whole.contains(path)) {
                map.at(module, layer) = LayerMap::kWhole;
            } else if (chosen.contains(path)) {
                const auto found = std::find_if(patterns.begin(), patterns.end(),
                    [&](const auto& pattern) { return pattern.first.matchesEnd(path); });
                map.at(module, layer) = found == patterns.end() ? lora.rank : found->second;
            }
        }
    return map;
}

void writeLayerMap(LoraSettings& lora, const ModelSpec& spec, const LayerMap& map)
{
    writeTargets(lora, spec, map);
    writeRanks(lora, spec, map);
    if (std::none_of(map.ranks.begin(), map.ranks.end(), isChosen))
        return; // nothing can be trained anyway, and the patterns may be wanted again
    std::erase_if(lora.alphaPattern, [&](const auto& entry) {
        const ModulePattern pattern(entry.first, "lora.alpha_pattern");
        for (std::size_t module = 0; module < map.modules; ++module)
            for (std::size_t layer = 0; layer < map.layers; ++layer)
                if (isChosen(map.at(module, layer)) && pattern.matchesEnd(pathOf(spec, module, layer)))
                    return false;
        return true;
    });
}

std::int64_t trainedParameters(const ModelSpec& spec, const LoraSettings& lora, const LayerMap& map)
{
    std::int64_t sum = 0;
    std::set<std::string> adapted;
    for (std::size_t module = 0; module < map.modules; ++module)
        for (std::size_t layer = 0; layer < map.layers; ++layer)
            if (const std::int64_t rank = map.at(module, layer); isChosen(rank)) {
                const LinearSpec& linear = spec.linears[module];
                sum += rank * (linear.in + linear.out) + (lora.dora ? linear.out : 0);
                adapted.insert(pathOf(spec, module, layer));
            }
    const auto size = [](const ModelParameter& parameter) {
        return std::accumulate(parameter.shape.begin(), parameter.shape.end(), std::int64_t{1}, std::multiplies<>());
    };
    std::set<std::string> saved;
    for (const ModelParameter& parameter : savedParameters(spec, lora.modulesToSave)) {
        saved.insert(parameter.module);
        sum += size(parameter);
    }
    if (lora.bias != "none") // the rule of trainedBiases()
        for (const ModelParameter& parameter : modelParameters(spec))
            if (parameter.bias && !saved.contains(parameter.module)
                && (lora.bias == "all" || adapted.contains(parameter.module)))
                sum += size(parameter);
    return sum;
}

} // namespace falconer
