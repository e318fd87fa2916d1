// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe_io.h"

#include <QString>

#include <filesystem>
#include <vector>

namespace falconer::ui {

/// A recipe to begin with: one that comes with the program, or one that the person saved.
struct Preset {
    QString id; ///< "starter"; of an own one its file
    QString title;
    QString text; ///< what it is for, in a sentence
    LoadedRecipe recipe; ///< without model and data where it names none
    bool needsModel = false; ///< the person has to choose a model and rows
    bool own = false; ///< saved by the person, who may remove it
    QString problem; ///< why an own one cannot be read; the recipe is empty then
};

/// Those of the program, the starter first, then the person's own by name. Reads a handful of small files. The starter
/// names its model and rows in the folder that set-up fills; without them it needs a model as the others do.
std::vector<Preset> presets();

/// The preset's recipe with the model and the rows of `current` where the preset names none.
LoadedRecipe withModelAndData(const Preset& preset, const Recipe& current);

/// Where the person's own presets lie.
std::filesystem::path presetFolder();

/// Saves the recipe's settings under a name, without what belongs to one run only: model, rows and their columns,
/// run folder. A preset of that name is replaced. Returns what went wrong.
std::vector<Fault> savePreset(const QString& name, const Recipe& recipe);

/// Removes one of the person's own. Returns what went wrong.
std::vector<Fault> removePreset(const Preset& preset);

} // namespace falconer::ui
