// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/model/lora.h"
#include "core/run/run_folder.h"
#include "core/train/loss_scaler.h"
#include "core/train/optimizer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace falconer {

/// Where a run stands after an optimizer step: everything that a resumed run needs beside adapter, optimizer and
/// generator. The schedule and the order of rows are functions of the step (less the skipped ones of `lossScaler`) and
/// need no state of their own.
struct TrainState {
    std::int64_t step = 0;
    std::int64_t began = 0; ///< when the run was started, seconds since 1970: what a chat template is told
    std::int64_t tokens = 0; ///< trained so far
    double seconds = 0; ///< of training so far
    bool evaluated = false; ///< the evaluation due at this step has been made
    std::uint64_t dataFingerprint = 0;
    std::optional<EvalMetrics> start; ///< the evaluation before the first step
    std::optional<EvalMetrics> best;
    std::optional<LossScaler::State> lossScaler; ///< with float16
    /// Micro-batches of the next step that are done already (a run paused within a step). With any, the gradients
    /// gathered so far are part of the checkpoint, and partialLoss is the sum of their losses.
    std::int64_t microBatches = 0;
    double partialLoss = 0;
    double stepSeconds = 0; ///< spent on them
    bool divergenceSaid = false; ///< the user knows that both losses rise
};

/// checkpoint-N of a run, written in one step (AtomicFolder): adapter_config.json and adapter_model.safetensors
/// (PEFT's), optimizer.safetensors (its states by name), rng.safetensors, gradients.safetensors
/// within a step, trainer_state.json (which names the optimizer and its steps), recipe.yaml.
void writeCheckpoint(const std::filesystem::path& folder, const Recipe& recipe, const TrainState& state,
    const LoraAdapter& adapter, Optimizer& optimizer, const at::Tensor& generatorState);

/// Throws requestInvalid, naming every key that differs, when the checkpoint was written under a recipe that trains
/// differently from `recipe`. What only watches, logs or keeps may have been changed.
void refuseOtherRecipe(const std::filesystem::path& folder, const Recipe& recipe);

/// Throws fileMissing, fileMalformed or fileTruncated when a file of the checkpoint is not whole: its header does not
/// fit its size, or it cannot be read.
void checkWhole(const std::filesystem::path& folder);

/// The state alone. Throws fileMissing, fileMalformed naming file and key.
TrainState readTrainState(const std::filesystem::path& folder);

/// The optimizer's states and steps into `optimizer`, the gradients of a step that was begun into its parameters;
/// returns the generator's state. Everything is checked before anything is changed: throws requestInvalid when the
/// checkpoint was saved by another optimizer or for other trained tensors, fileMalformed when it is damaged.
at::Tensor readOptimizer(const std::filesystem::path& folder, Optimizer& optimizer);

} // namespace falconer
