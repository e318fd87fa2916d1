// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/config/yaml_tree.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace falconer {

/// One key of a recipe with its value, defaults resolved.
struct RecipeValue {
    std::string key; ///< dotted: "lora.rank"
    std::string yaml; ///< as run.yaml has it
    nlohmann::ordered_json value; ///< the same as JSON
};

/// Every key, in the order of run.yaml.
std::vector<RecipeValue> recipeValues(const Recipe& recipe);

/// What a YAML value means where no key says otherwise: a plain scalar is null, true, false or a number where
/// YAML 1.2's core schema makes it one.
nlohmann::ordered_json toJson(const YamlValue& value);

} // namespace falconer
