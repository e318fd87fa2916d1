// SPDX-License-Identifier: Apache-2.0
#include "core/model/adapter_config.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/model/config_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace falconer {

namespace {

using nlohmann::json;

std::string suffix(const std::string& module) { return module.substr(module.rfind('.') + 1); }

[[noreturn]] void unsupported(const std::string& where, const std::string& what)
{
    throw Error(ErrorCode::modelUnsupported, where, "the adapter uses " + what + ", which this version does not have",
        "use a plain LoRA adapter");
}

} // namespace

AdapterConfig readAdapterConfig(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "adapter_config.json";
    const ConfigJson config(file);
    const std::string where = file.string();
    if (config.text("peft_type", "LORA") != "LORA")
        throw Error(ErrorCode::adapterMismatch, where, "it is a " + config.text("peft_type", "") + " adapter, not LoRA",
            "use a LoRA adapter");
    if (config.boolean("use_dora", false))
        unsupported(where, "DoRA");
    if (config.text("bias", "none") != "none" || config.boolean("lora_bias", false))
        unsupported(where, "trained biases");
    if (!config.object("rank_pattern").empty() || !config.object("alpha_pattern").empty())
        unsupported(where, "rank or alpha patterns");

    AdapterConfig adapter;
    adapter.rank = config.integer("r", 8);
    if (adapter.rank < 1 || adapter.rank > (1 << 16))
        throw Error(ErrorCode::fileMalformed, where, "the rank r is " + std::to_string(adapter.rank));
    adapter.alpha = config.number("lora_alpha", 8);
    adapter.dropout = config.number("lora_dropout", 0);
    adapter.rslora = config.boolean("use_rslora", false);
    adapter.baseModel = config.text("base_model_name_or_path", "");

    // Lists are read from the text itself: ConfigJson offers scalars only.
    const json whole = json::parse(readFile(file), nullptr, false);
    if (const auto saved = whole.find("modules_to_save"); saved != whole.end() && !saved->is_null() && !saved->empty())
        unsupported(where, "modules_to_save");
    if (const auto targets = whole.find("target_modules"); targets != whole.end()) {
        if (targets->is_string())
            adapter.targetModules = {targets->get<std::string>()};
        else if (targets->is_array())
            for (const json& item : *targets)
                if (item.is_string())
                    adapter.targetModules.push_back(item.get<std::string>());
    }
    if (const auto layers = whole.find("layers_to_transform"); layers != whole.end() && !layers->is_null()) {
        adapter.layers.emplace();
        for (const json& item : layers->is_array() ? *layers : json::array({*layers}))
            if (item.is_number_integer())
                adapter.layers->push_back(item.get<std::int64_t>());
    }
    return adapter;
}

std::string writeAdapterConfig(const AdapterConfig& config)
{
    // nlohmann's default object keeps keys sorted, as PEFT writes them.
    json text = {{"alora_invocation_tokens", nullptr}, {"alpha_pattern", json::object()}, {"arrow_config", nullptr},
        {"auto_mapping", nullptr}, {"base_model_name_or_path", config.baseModel}, {"bias", "none"},
        {"corda_config", nullptr}, {"ensure_weight_tying", false}, {"eva_config", nullptr},
        {"exclude_modules", nullptr}, {"fan_in_fan_out", false}, {"inference_mode", true}, {"init_lora_weights", true},
        {"layer_replication", nullptr}, {"layers_pattern", nullptr}, {"layers_to_transform", nullptr},
        {"loftq_config", json::object()}, {"lora_alpha", config.alpha}, {"lora_bias", false},
        {"lora_dropout", config.dropout}, {"megatron_config", nullptr}, {"megatron_core", "megatron.core"},
        {"modules_to_save", nullptr}, {"peft_type", "LORA"}, {"peft_version", "0.21.2"}, {"qalora_group_size", 16},
        {"r", config.rank}, {"rank_pattern", json::object()}, {"revision", nullptr},
        {"target_modules", config.targetModules}, {"target_parameters", nullptr}, {"task_type", "CAUSAL_LM"},
        {"trainable_token_indices", nullptr}, {"use_dora", false}, {"use_qalora", false},
        {"use_rslora", config.rslora}};
    if (config.alpha == static_cast<double>(static_cast<std::int64_t>(config.alpha)))
        text["lora_alpha"] = static_cast<std::int64_t>(config.alpha);
    if (config.layers)
        text["layers_to_transform"] = *config.layers;
    return text.dump(2) + "\n";
}

AdapterConfig adapterConfigFor(const Recipe& recipe, const std::vector<std::string>& modules,
    const std::vector<std::int64_t>& layers, std::int64_t modelLayers, const std::string& baseModel)
{
    AdapterConfig config;
    config.rank = recipe.lora.rank;
    config.alpha = recipe.lora.alpha;
    config.dropout = recipe.lora.dropout;
    config.rslora = recipe.lora.rslora;
    config.baseModel = baseModel;
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
    return config;
}

std::vector<Fault> contradictions(const LoadedRecipe& recipe, const AdapterConfig& adapter)
{
    std::vector<Fault> faults;
    const auto differs = [&](const char* key, const std::string& theirs) {
        if (recipe.keysSet.contains(key))
            faults.push_back({ErrorCode::recipeInvalid, key,
                "it differs from the adapter of lora.init_from, which has " + theirs, "leave the key out"});
    };
    const LoraSettings& lora = recipe.recipe.lora;
    if (lora.rank != adapter.rank)
        differs("lora.rank", std::to_string(adapter.rank));
    if (lora.alpha != adapter.alpha)
        differs("lora.alpha", json(adapter.alpha).dump());
    if (lora.rslora != adapter.rslora)
        differs("lora.rslora", adapter.rslora ? "true" : "false");
    if (const auto* names = std::get_if<std::vector<std::string>>(&lora.targets)) {
        if (std::set<std::string>(names->begin(), names->end())
            != std::set<std::string>(adapter.targetModules.begin(), adapter.targetModules.end()))
            differs("lora.targets", json(adapter.targetModules).dump());
    }
    return faults;
}

} // namespace falconer
