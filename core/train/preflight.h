// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/fault_list.h"
#include "core/config/recipe_io.h"
#include "core/model/checkpoint.h"
#include "core/text/tokenizer.h"

#include <filesystem>
#include <memory>
#include <string>

namespace falconer {

/// A model's files, opened; no weight is read.
struct ModelFiles {
    std::filesystem::path path; ///< empty when the model is not to be had
    std::unique_ptr<Checkpoint> checkpoint;
    std::unique_ptr<Tokenizer> tokenizer;
};

/// Opens what can be opened; why the rest cannot goes to `faults`.
ModelFiles openModelFiles(const std::string& model, FaultList& faults);

/// Whether the adapter that a recipe asks for can be made for `model`: its targets are there, the adapter of
/// lora.init_from belongs to it and agrees with the recipe. Without a checkpoint, what can be told of lora.init_from
/// alone.
void checkAdapter(const LoadedRecipe& recipe, const ModelFiles& model, FaultList& faults);

} // namespace falconer
