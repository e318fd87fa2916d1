// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"

#include <QString>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace falconer::ui {

/// One answer to a question that Simple asks, and the fields that it sets.
struct SimpleChoice {
    QString name; ///< on its button: "Balanced"
    QString text; ///< what it means, in a sentence
    std::vector<std::pair<std::string, std::string>> values; ///< key and YAML value
};

/// Quality or speed: how long it learns, and how much it can.
std::vector<SimpleChoice> qualityChoices();
/// Memory: how the frozen weights are held, and whether activations are recomputed.
std::vector<SimpleChoice> memoryChoices();

/// The fields that the choices set, each once.
std::vector<std::string> fieldsOf(const std::vector<SimpleChoice>& choices);
/// The choice whose values the recipe has; nullopt when somebody chose otherwise field by field.
std::optional<std::size_t> choiceOf(const std::vector<SimpleChoice>& choices, const Recipe& recipe);
/// Gives the recipe the choice's values.
void take(const SimpleChoice& choice, Recipe& recipe);

} // namespace falconer::ui
