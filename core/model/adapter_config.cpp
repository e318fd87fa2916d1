// SPDX-License-Identifier: Apache-2.0
#include "core/model/adapter_config.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/model/config_json.h"
#include "core/model/module_pattern.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace falconer {

namespace {

using nlohmann::json;
using nlohmann::ordered_json; // keeps the patterns' order, which decides

constexpr std::int64_t kLargestRank = 1 << 16;

std::string suffix(const std::string& module) { return module.substr(module.rfind('.') + 1); }

[[noreturn]] void unsupported(const std::string& where, const std::string& what)
{
    throw Error(ErrorCode::modelUnsupported, where, "the adapter uses " + what + ", which this version does not have",
        "use an adapter made without it");
}

[[noreturn]] void wrongType(const std::string& where, const std::string& key, const std::string& expected)
{
    throw Error(ErrorCode::fileMalformed, where, "the key " + key + " is not " + expected,
        "use the file that came with the adapter");
}

/// Keys whose presence makes another computation of the adapter than LoRA's or DoRA's.
constexpr std::pair<const char*, const char*> kVariants[]
    = {{"alora_invocation_tokens", "activated LoRA"}, {"arrow_config", "Arrow routing"}, {"kasa_config", "KaSA"},
        {"velora_config", "VeLoRA"}, {"layer_replication", "layer replication"},
        {"target_parameters", "target_parameters"}, {"trainable_token_indices", "trainable tokens"}};
constexpr std::pair<const char*, const char*> kSwitches[]
    = {{"lora_bias", "a bias of its own (lora_bias)"}, {"use_bdlora", "block-diagonal LoRA"}, {"use_qalora", "QA-LoRA"},
        {"ensure_weight_tying", "one copy for embedding and head (ensure_weight_tying)"}};

std::vector<std::string> strings(const ordered_json& whole, const char* key, const std::string& where)
{
    const auto found = whole.find(key);
    std::vector<std::string> texts;
    if (found == whole.end() || found->is_null())
        return texts;
    if (!found->is_array())
        wrongType(where, key, "a list");
    for (const ordered_json& item : *found) {
        if (!item.is_string())
            wrongType(where, key, "a list of names");
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

template <typename Number>
std::vector<std::pair<std::string, Number>> pattern(
    const ordered_json& whole, const char* key, const std::string& where)
{
    std::vector<std::pair<std::string, Number>> entries;
    const auto found = whole.find(key);
    if (found == whole.end() || found->is_null())
        return entries;
    if (!found->is_object())
        wrongType(where, key, "an object");
    for (const auto& [name, value] : found->items()) {
        if (!(std::is_integral_v<Number> ? value.is_number_integer() : value.is_number()))
            wrongType(where, std::string(key) + "." + name, "a number");
        ModulePattern(name, where); // compiles, or says so now
        entries.emplace_back(name, value.template get<Number>());
    }
    return entries;
}

std::string initOf(const ordered_json& whole, const std::string& where)
{
    const auto found = whole.find("init_lora_weights");
    if (found == whole.end() || found->is_null() || found->is_boolean())
        return "default";
    if (!found->is_string())
        wrongType(where, "init_lora_weights", "true, false or a name");
    const auto name = found->get<std::string>();
    if (name.starts_with("pissa"))
        return "pissa";
    if (name == "corda")
        unsupported(where, "CorDA's changed base");
    if (name == "olora" || name == "gaussian" || name == "loftq")
        return name;
    return "default"; // other names say only how A and B were drawn
}

/// The value of the first entry whose key matches the end of the path.
template <typename Number>
Number valueFor(const std::vector<std::pair<std::string, Number>>& entries, const std::string& module, const char* key,
    Number otherwise)
{
    for (const auto& [expression, value] : entries)
        if (ModulePattern(expression, key).matchesEnd(module))
            return value;
    return otherwise;
}

/// 16 rather than 16.0, as Python writes an int.
template <typename Json>
Json number(double value)
{
    const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
    return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

template <typename Number>
ordered_json object(const std::vector<std::pair<std::string, Number>>& entries)
{
    ordered_json text = ordered_json::object();
    for (const auto& [key, value] : entries)
        text[key] = number<ordered_json>(static_cast<double>(value));
    return text;
}

template <typename Number>
bool sameEntries(
    const std::vector<std::pair<std::string, Number>>& a, const std::vector<std::pair<std::string, Number>>& b)
{
    return std::map<std::string, Number>(a.begin(), a.end()) == std::map<std::string, Number>(b.begin(), b.end());
}

} // namespace

std::int64_t AdapterConfig::rankOf(const std::string& module) const
{
    return valueFor(rankPattern, module, "lora.rank_pattern", rank);
}

double AdapterConfig::alphaOf(const std::string& module) const
{
    return valueFor(alphaPattern, module, "lora.alpha_pattern", alpha);
}

double AdapterConfig::scaleOf(const std::string& module) const
{
    const auto r = static_cast<double>(rankOf(module));
    return alphaOf(module) / (rslora ? std::sqrt(r) : r);
}

AdapterConfig readAdapterConfig(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "adapter_config.json";
    const ConfigJson config(file);
    const std::string where = file.string();
    if (config.text("peft_type", "LORA") != "LORA")
        throw Error(ErrorCode::adapterMismatch, where, "it is a " + config.text("peft_type", "") + " adapter, not LoRA",
            "use a LoRA adapter");
    // Lists and the patterns' order are read from the text itself: ConfigJson offers scalars only.
    const ordered_json whole = ordered_json::parse(readFile(file), nullptr, false);
    for (const auto& [key, what] : kVariants)
        if (const auto found = whole.find(key); found != whole.end() && !found->is_null() && !found->empty())
            unsupported(where, what);
    for (const auto& [key, what] : kSwitches)
        if (config.boolean(key, false))
            unsupported(where, what);

    AdapterConfig adapter;
    adapter.rank = config.integer("r", 8);
    adapter.alpha = config.number("lora_alpha", 8);
    adapter.dropout = config.number("lora_dropout", 0);
    adapter.rslora = config.boolean("use_rslora", false);
    adapter.dora = config.boolean("use_dora", false);
    adapter.bias = config.text("bias", "none");
    adapter.init = initOf(whole, where);
    adapter.baseModel = config.text("base_model_name_or_path", "");
    adapter.modulesToSave = strings(whole, "modules_to_save", where);
    adapter.rankPattern = pattern<std::int64_t>(whole, "rank_pattern", where);
    adapter.alphaPattern = pattern<double>(whole, "alpha_pattern", where);
    const auto checkRank = [&](const std::string& key, std::int64_t rank) {
        if (rank < 1 || rank > kLargestRank)
            throw Error(ErrorCode::fileMalformed, where, "the rank " + key + " is " + std::to_string(rank));
    };
    checkRank("r", adapter.rank);
    for (const auto& [key, rank] : adapter.rankPattern)
        checkRank("rank_pattern." + key, rank);
    if (adapter.bias != "none" && adapter.bias != "all" && adapter.bias != "lora_only")
        throw Error(ErrorCode::fileMalformed, where, "the key bias is '" + adapter.bias + "'",
            "it is none, all or lora_only in a LoRA adapter");

    if (const auto targets = whole.find("target_modules"); targets != whole.end() && targets->is_string())
        adapter.targetsNamed = false;
    else
        adapter.targetModules = strings(whole, "target_modules", where);
    if (config.has("exclude_modules") || config.has("layers_pattern"))
        adapter.targetsNamed = false;
    if (const auto layers = whole.find("layers_to_transform"); layers != whole.end() && !layers->is_null()) {
        adapter.layers.emplace();
        for (const ordered_json& item : layers->is_array() ? *layers : ordered_json::array({*layers}))
            if (item.is_number_integer())
                adapter.layers->push_back(item.get<std::int64_t>());
    }
    return adapter;
}

std::string writeAdapterConfig(const AdapterConfig& config)
{
    // nlohmann's default object keeps keys sorted, as PEFT writes them.
    json text = {{"alora_invocation_tokens", nullptr}, {"alpha_pattern", json::object()}, {"arrow_config", nullptr},
        {"auto_mapping", nullptr}, {"base_model_name_or_path", config.baseModel}, {"bias", config.bias},
        {"corda_config", nullptr}, {"ensure_weight_tying", false}, {"eva_config", nullptr},
        {"exclude_modules", nullptr}, {"fan_in_fan_out", false}, {"inference_mode", true}, {"init_lora_weights", true},
        {"layer_replication", nullptr}, {"layers_pattern", nullptr}, {"layers_to_transform", nullptr},
        {"loftq_config", json::object()}, {"lora_alpha", number<json>(config.alpha)}, {"lora_bias", false},
        {"lora_dropout", config.dropout}, {"megatron_config", nullptr}, {"megatron_core", "megatron.core"},
        {"modules_to_save", nullptr}, {"peft_type", "LORA"}, {"peft_version", "0.21.2"}, {"qalora_group_size", 16},
        {"r", config.rank}, {"rank_pattern", json::object()}, {"revision", nullptr},
        {"target_modules", config.targetModules}, {"target_parameters", nullptr}, {"task_type", "CAUSAL_LM"},
        {"trainable_token_indices", nullptr}, {"use_dora", config.dora}, {"use_qalora", false},
        {"use_rslora", config.rslora}};
    if (config.init == "gaussian")
        text["init_lora_weights"] = "gaussian";
    if (config.layers)
        text["layers_to_transform"] = *config.layers;
    if (!config.modulesToSave.empty())
        text["modules_to_save"] = config.modulesToSave;
    ordered_json ordered = ordered_json::object();
    for (const auto& [key, value] : text.items())
        ordered[key] = value;
    ordered["rank_pattern"] = object(config.rankPattern);
    ordered["alpha_pattern"] = object(config.alphaPattern);
    return ordered.dump(2) + "\n";
}

namespace {

/// A key that names no adapted layer is a slip of the pen: it would silently do nothing.
template <class T>
void requireMatches(const std::vector<std::pair<std::string, T>>& patterns, const std::vector<std::string>& modules,
    const std::string& setting)
{
    for (const auto& entry : patterns) {
        const ModulePattern pattern(entry.first, setting);
        if (std::none_of(
                modules.begin(), modules.end(), [&](const std::string& module) { return pattern.matchesEnd(module); }))
            throw Error(ErrorCode::recipeInvalid, setting, "\"" + entry.first + "\" matches none of the adapted layers",
                "name one, such as " + (modules.empty() ? std::string("q_proj") : modules.front()));
    }
}

} // namespace

AdapterConfig adapterConfigFor(const Recipe& recipe, const std::vector<std::string>& modules,
    const std::vector<std::int64_t>& layers, std::int64_t modelLayers, const std::string& baseModel)
{
    const LoraSettings& lora = recipe.lora;
    AdapterConfig config;
    config.rank = lora.rank;
    config.alpha = lora.alpha;
    config.dropout = lora.dropout;
    config.rslora = lora.rslora;
    config.dora = lora.dora;
    config.bias = lora.bias;
    config.init = lora.init;
    config.modulesToSave = lora.modulesToSave;
    requireMatches(lora.rankPattern, modules, "lora.rank_pattern");
    requireMatches(lora.alphaPattern, modules, "lora.alpha_pattern");
    config.rankPattern = lora.rankPattern;
    config.alphaPattern = lora.alphaPattern;
    config.baseModel = baseModel;
    nameTargets(config, modules, layers, modelLayers);
    return config;
}

void nameTargets(AdapterConfig& config, const std::vector<std::string>& modules,
    const std::vector<std::int64_t>& layers, std::int64_t modelLayers)
{
    config.layers.reset();
    config.targetsNamed = true;
    std::set<std::string> suffixes;
    for (const std::string& module : modules)
        suffixes.insert(suffix(module));
    if (modules.size() == suffixes.size() * layers.size()) {
        config.targetModules.assign(suffixes.begin(), suffixes.end());
        if (static_cast<std::int64_t>(layers.size()) != modelLayers)
            config.layers = layers;
    } else {
        config.targetModules = modules;
    }
}

std::vector<Fault> contradictions(const LoadedRecipe& recipe, const AdapterConfig& adapter)
{
    std::vector<Fault> faults;
    const auto differs = [&](const char* key, const std::string& theirs) {
        if (recipe.keysSet.contains(key))
            faults.push_back({ErrorCode::recipeInvalid, key,
                "it differs from the adapter of lora.init_from, which has " + theirs, "leave the key out"});
    };
    const auto text = [](bool value) { return std::string(value ? "true" : "false"); };
    const LoraSettings& lora = recipe.recipe.lora;
    if (lora.rank != adapter.rank)
        differs("lora.rank", std::to_string(adapter.rank));
    if (lora.alpha != adapter.alpha)
        differs("lora.alpha", json(adapter.alpha).dump());
    if (lora.rslora != adapter.rslora)
        differs("lora.rslora", text(adapter.rslora));
    if (lora.dora != adapter.dora)
        differs("lora.dora", text(adapter.dora));
    if (lora.bias != adapter.bias)
        differs("lora.bias", adapter.bias);
    if (!sameEntries(lora.rankPattern, adapter.rankPattern))
        differs("lora.rank_pattern", object(adapter.rankPattern).dump());
    if (!sameEntries(lora.alphaPattern, adapter.alphaPattern))
        differs("lora.alpha_pattern", object(adapter.alphaPattern).dump());
    const auto asSet = [](const std::vector<std::string>& names) { return std::set(names.begin(), names.end()); };
    if (asSet(lora.modulesToSave) != asSet(adapter.modulesToSave))
        differs("lora.modules_to_save", json(adapter.modulesToSave).dump());
    if (const auto* names = std::get_if<std::vector<std::string>>(&lora.targets))
        if (asSet(*names) != asSet(adapter.targetModules))
            differs("lora.targets", json(adapter.targetModules).dump());
    if (lora.init != "default" && lora.init != adapter.init && recipe.keysSet.contains("lora.init"))
        faults.push_back({ErrorCode::recipeInvalid, "lora.init",
            "the run starts from the adapter of lora.init_from, so nothing is initialised",
            "leave one of the two out"});
    return faults;
}

void adopt(LoraSettings& lora, const AdapterConfig& adapter)
{
    lora.rank = adapter.rank;
    lora.alpha = adapter.alpha;
    lora.rslora = adapter.rslora;
    lora.dora = adapter.dora;
    lora.bias = adapter.bias;
    lora.modulesToSave = adapter.modulesToSave;
    lora.rankPattern = adapter.rankPattern;
    lora.alphaPattern = adapter.alphaPattern;
    lora.targets = adapter.targetModules;
    lora.layers = std::string("all");
    if (adapter.layers)
        lora.layers = *adapter.layers;
    lora.init = adapter.init == "pissa" || adapter.init == "olora" ? adapter.init : "default";
}

} // namespace falconer
