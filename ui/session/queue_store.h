// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe_io.h"
#include "core/run/queue_state.h"
#include "core/run/sweep.h"
#include "ui/models/queue_model.h"

#include <filesystem>
#include <string>
#include <vector>

namespace falconer::ui {

/// The queue of the window as it lies in `home`: list.json has the order, the recipes and what came of them, core's
/// queue.json beside it where each run stands.
struct StoredQueue {
    std::vector<QueueItem> items;
    QueueState state; ///< queue.json as core keeps it
    QString problem; ///< why an old list could not be read; it was then put aside under another name
};

/// Reads both files; never throws. A run that a killed window left "running" is interrupted.
StoredQueue loadQueue(const std::filesystem::path& home);

/// list.json's content.
std::string queueText(const std::vector<QueueItem>& items);
/// Writes it, in one step. Throws fileUnwritable, diskFull.
void saveQueue(const std::filesystem::path& home, const std::string& text);

/// The recipe that an item stands for. Throws Error when a hand has spoilt it.
LoadedRecipe recipeOf(const QueueItem& item);

/// "lora.rank=8, training.seed=2".
QString settingsText(const std::vector<RecipeSetting>& settings);

} // namespace falconer::ui
