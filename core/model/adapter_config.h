// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe_io.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace falconer {

/// adapter_config.json of a PEFT LoRA folder, as far as Falconer uses it.
struct AdapterConfig {
    std::int64_t rank = 8;
    double alpha = 8;
    double dropout = 0;
    bool rslora = false;
    bool dora = false;
    std::string bias = "none"; ///< none | all | lora_only
    /// default | gaussian | pissa | olora | loftq. In an adapter that was read only "pissa" and "olora" matter: PEFT
    /// takes their start out of the base's weights again when it loads such a folder, and so does
    /// Decoder::setAdapter().
    std::string init = "default";
    std::vector<std::string> modulesToSave;
    /// Other ranks and alphas by module, in file order; PEFT's rule: the first key that matches the end of the module's
    /// path, from a dot on, as a regular expression.
    std::vector<std::pair<std::string, std::int64_t>> rankPattern;
    std::vector<std::pair<std::string, double>> alphaPattern;
    std::vector<std::string> targetModules; ///< names by the suffix rule
    bool targetsNamed = true; ///< false: the file chose them in another way, and nameTargets() is still to be called
    std::optional<std::vector<std::int64_t>> layers; ///< layers_to_transform
    std::string baseModel; ///< base_model_name_or_path

    std::int64_t rankOf(const std::string& module) const;
    double alphaOf(const std::string& module) const;
    /// alpha / rank, or alpha / √rank with rsLoRA (Kalajdzievski, arXiv 2312.03732).
    double scaleOf(const std::string& module) const;
};

/// Throws fileMissing, fileMalformed, adapterMismatch (not LoRA), modelUnsupported (variants that Falconer does not
/// have).
AdapterConfig readAdapterConfig(const std::filesystem::path& folder);

/// The JSON text that PEFT 0.21 writes (sorted keys, every key at its default where we have no other value), but for
/// two things: the patterns keep their order, which decides; and init_lora_weights never asks PEFT to change the base.
std::string writeAdapterConfig(const AdapterConfig& config);

/// What a recipe makes of a model: target modules as suffixes where they cover every chosen layer alike, else full
/// paths.
AdapterConfig adapterConfigFor(const Recipe& recipe, const std::vector<std::string>& modules,
    const std::vector<std::int64_t>& layers, std::int64_t modelLayers, const std::string& baseModel);

/// Names `modules` (full paths) in targetModules and layers, as adapterConfigFor() does.
void nameTargets(AdapterConfig& config, const std::vector<std::string>& modules,
    const std::vector<std::int64_t>& layers, std::int64_t modelLayers);

/// The faults of a recipe whose lora.* keys (those in keysSet) contradict the adapter that lora.init_from names.
std::vector<Fault> contradictions(const LoadedRecipe& recipe, const AdapterConfig& adapter);

/// Everything but the dropout that lora.init_from's adapter decides, written into the recipe that is kept.
void adopt(LoraSettings& lora, const AdapterConfig& adapter);

} // namespace falconer
