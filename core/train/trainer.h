// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/session.h"
#include "core/train/train_control.h"

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

/// Runs to the end, or until `control.stop` is raised. Everything that happens goes to `publish`, RunEnded last; never
/// throws.
void runTraining(TrainerInput input, TrainControl& control, const std::function<void(SessionEvent)>& publish);

} // namespace falconer
