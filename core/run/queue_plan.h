// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe_io.h"
#include "core/run/queue_file.h"
#include "core/run/run_folder.h"

#include <filesystem>
#include <string>
#include <vector>

namespace falconer {

/// What a queue has to do for one of its runs.
enum class QueueAction {
    start,
    resume, ///< it was begun by an earlier session of this queue
    skip ///< it is finished
};

/// One run of a queue.
struct QueuedRun {
    std::size_t entry = 0; ///< 1-based
    std::string name; ///< "02-cynic-005": entry, recipe, point of the sweep
    std::filesystem::path folder;
    std::vector<RecipeSetting> settings; ///< what it changes in its recipe: set, then the sweep's point
    LoadedRecipe recipe;
    QueueAction action = QueueAction::start;
    std::string label; ///< "queue.yaml, entry 2 (lora.rank=8)": names it in faults
};

struct QueuePlan {
    std::filesystem::path file;
    std::filesystem::path output; ///< the folder that holds the runs and queue.json
    std::vector<QueuedRun> runs; ///< in the order in which they run
};

/// runs/<queue's name> beside the queue: the same folder each time, so that the queue can be run again to go on.
std::filesystem::path defaultQueueOutput(const QueueFile& queue);

/// Expands the queue, loads every run's recipe and looks where the runs stand (queue.json and the run folders in
/// `output`; a recipe's own `output` names that run's folder). Nothing is written. Throws one Error with every fault of
/// every entry: of its recipe, of two runs with one folder, of a folder that holds another run, the same run with other
/// settings, or one that is being trained.
QueuePlan planQueue(const QueueFile& queue, const std::filesystem::path& output);

} // namespace falconer
