// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/inference/loaded_model.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace falconer::cli {

class Console;

/// What `eval` and `generate` need to know about a model. Everything else is a recipe's default or comes with --set.
struct ModelArguments {
    std::string model;
    std::string adapter;
    std::string quantization = "none";
    std::vector<std::string> settings;

    void declare(CLI::App& arguments);

    /// A recipe that holds these arguments, the data file (when the verb has one) and --set, checked as any recipe is.
    /// Weights are neither quantized nor rounded unless asked for: type none, compute dtype float32.
    Recipe recipe(const std::string& data = {}) const;
    /// Loads the recipe's model with the adapter, showing how far it is.
    LoadedModel load(const Recipe& recipe, Console& console) const;
};

/// Adds --model, the folder, file or Hub id of a model.
void addModel(CLI::App& arguments, std::string& model);

} // namespace falconer::cli
