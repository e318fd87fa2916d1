// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"

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

/// What the run is called before it has a folder: its recipe's file name, else model and data.
std::string runName(const Recipe& recipe);

/// Where a run goes whose recipe lies in no file and names no output: `root`/<name>-<UTC time>. Empty for every other
/// recipe: core's own rule places those.
std::filesystem::path runFolder(const Recipe& recipe, const std::filesystem::path& root);

} // namespace falconer::ui
