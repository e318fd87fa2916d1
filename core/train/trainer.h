// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/train/session.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace falconer {

/// Trains on the calling thread: the session's thread runs it. Reads top to bottom as a run goes: prepare, train,
/// finish.
struct TrainerInput {
    LoadedRecipe recipe;
    std::filesystem::path folder; ///< of the run; empty: the recipe's default
    bool resume = false; ///< go on in `folder`
};

/// Runs to the end, or until `stop` is raised. Everything that happens goes to `publish`, RunEnded last; never throws.
void runTraining(TrainerInput input, const CancelFlag& stop, const std::function<void(SessionEvent)>& publish);

} // namespace falconer
