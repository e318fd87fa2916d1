// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/config/recipe.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace falconer::ui {

/// An adapter that a run left behind.
struct RunAdapter {
    enum class Kind { handedOver, best, checkpoint };
    Kind kind = Kind::handedOver;
    std::optional<std::int64_t> step; ///< that it was trained up to, where the run says so
    std::filesystem::path folder;
    std::optional<double> loss; ///< its validation loss as the run recorded it
    std::int64_t bytes = 0;
};

/// "Handed over · best, step 180 · loss 2.479".
QString describe(const RunAdapter& adapter);

/// What Playground and Export need to know of a run, or of a base model alone.
struct RunAdapters {
    std::filesystem::path run; ///< empty: a base model alone
    QString name;
    Recipe recipe;
    std::filesystem::path model; ///< the recipe's model as found on this machine
    std::vector<RunAdapter> adapters; ///< handed over, best, then checkpoints, the newest first
    bool hasTemplate = false; ///< a chat template applies: the model's own, or the one that the recipe names
    QString templateName;
    QString templateSource;
    bool chat = false; ///< what to begin with: whether the training rows were conversations
    std::vector<Fault> faults; ///< why it cannot be used; what could be read stands above all the same
};

/// Reads a run's folder, its model's tokenizer and its first training row. Call it in a worker thread. Does not throw.
RunAdapters readRunAdapters(const std::filesystem::path& run);
/// The same for a recipe's model without any adapter.
RunAdapters readBaseModel(const Recipe& recipe);

/// Run folders directly inside `root` and those in `others`, the newest first. In a worker thread, too.
std::vector<std::filesystem::path> findRuns(
    const std::filesystem::path& root, const std::vector<std::filesystem::path>& others);

} // namespace falconer::ui
