// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe_io.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// adapter_config.json of a PEFT LoRA folder, as far as Falconer uses it.
struct AdapterConfig {
    std::int64_t rank = 8;
    double alpha = 8;
    double dropout = 0;
    bool rslora = false;
    std::vector<std::string> targetModules;
    std::optional<std::vector<std::int64_t>> layers; ///< layers_to_transform
    std::string baseModel; ///< base_model_name_or_path
};

/// Throws fileMissing, fileMalformed, adapterMismatch (not LoRA), modelUnsupported (DoRA, patterns, biases, saved
/// modules).
AdapterConfig readAdapterConfig(const std::filesystem::path& folder);

/// The JSON text that PEFT 0.21 writes (sorted keys, every key at its default where we have no other value).
std::string writeAdapterConfig(const AdapterConfig& config);

/// What a recipe makes of a model: target modules as suffixes where they cover every chosen layer alike, else full
/// paths.
AdapterConfig adapterConfigFor(const Recipe& recipe, const std::vector<std::string>& modules,
    const std::vector<std::int64_t>& layers, std::int64_t modelLayers, const std::string& baseModel);

/// The faults of a recipe whose lora.* keys (those in keysSet) contradict the adapter that lora.init_from names.
std::vector<Fault> contradictions(const LoadedRecipe& recipe, const AdapterConfig& adapter);

} // namespace falconer
