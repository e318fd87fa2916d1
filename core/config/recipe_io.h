// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/config/recipe.h"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace falconer {

/// A recipe together with the keys that its file or --set named (dotted, "lora.rank"): with lora.init_from, a key that
/// was set to something other than the adapter's value is a fault, a default is not.
struct LoadedRecipe {
    Recipe recipe;
    std::set<std::string> keysSet;
};

/// Reads run.yaml (JSON is YAML) and applies `overrides` ("lora.rank=8", the value is YAML). Every fault of syntax,
/// unknown key (the nearest known one is suggested), type, range and combination is collected, with file
/// and line, and thrown as one Error. Relative paths are made absolute against the recipe's folder (those from --set:
/// the current folder).
LoadedRecipe loadRecipe(const std::filesystem::path& file, std::span<const std::string> overrides = {});

/// The same for text already in memory; `origin` names it in messages, `folder` is where relative paths start.
LoadedRecipe parseRecipe(const std::string& yaml, const std::string& origin, const std::filesystem::path& folder,
    std::span<const std::string> overrides = {});

/// The recipe as YAML with every key in the order of DESIGN's listing, readable back to an equal recipe.
std::string writeRecipe(const Recipe& recipe);

/// Gives one key (dotted) the value that `yaml` says, as --set does; relative paths start at the current folder. Throws
/// recipeInvalid when there is no such key or the text is no value of its kind; a value out of range is validate()'s to
/// find. On an error the recipe stays as it was.
void setRecipeValue(Recipe& recipe, const std::string& key, const std::string& yaml);

/// Everything wrong with a recipe's values that needs no file to be opened: ranges, choices, combinations. Empty when fine. loadRecipe() has already done this; the window calls it while
/// editing.
std::vector<Fault> validate(const Recipe& recipe);

/// The decoder layers that `lora.layers` names, ascending, each once; nullopt for "all". Throws recipeInvalid where the
/// text is no list of ranges; whether the model has that many layers is the caller's to check.
std::optional<std::vector<std::int64_t>> layerNumbers(const LoraSettings& lora);

} // namespace falconer
