// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"
#include "core/run/recipe_values.h"

#include <filesystem>
#include <string>

namespace falconer::ui {

/// lora.targets as one line of text and back: "all-linear", "q_proj, v_proj", or a regular expression. Names are told
/// from an expression by their letters.
std::string targetsText(const LoraSettings& lora);
void setTargets(LoraSettings& lora, const std::string& text);

/// lora.layers: "all", "0-15,20".
std::string layersText(const LoraSettings& lora);

/// "cynic.jsonl, more.jsonl": the training files by name.
std::string trainText(const DataSettings& data);

/// A field of the recipe as one line of text, as forms show it: "" for null, paths and words bare, names with commas,
/// maps without their braces, prompts a line each with "\n" for a line break inside one. `value` is the field's entry
/// of recipeValues(recipe).
std::string fieldText(const Recipe& recipe, const RecipeValue& value);

/// Puts such a text into the field. Throws recipeInvalid when it is no value of its kind; the recipe stays as it was
/// then.
void setFieldText(Recipe& recipe, const std::string& key, const std::string& text);

/// What the run is called before it has a folder: its recipe's file name, else model and data.
std::string runName(const Recipe& recipe);

/// Where a run goes whose recipe lies in no file and names no output: `root`/<name>-<UTC time>. Empty for every other
/// recipe: core's own rule places those.
std::filesystem::path runFolder(const Recipe& recipe, const std::filesystem::path& root);

} // namespace falconer::ui
