// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/lora.h"
#include "core/run/run_folder.h"
#include "core/train/adamw.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace falconer {

/// Where a run stands after an optimizer step: everything that a resumed run needs beside adapter, optimizer and
/// generator. The schedule and the order of rows are functions of the step and need no state of their own.
struct TrainState {
    std::int64_t step = 0;
    std::int64_t tokens = 0; ///< trained so far, without padding
    double seconds = 0; ///< of training so far
    bool evaluated = false; ///< the evaluation due at this step has been made
    std::uint64_t dataFingerprint = 0;
    std::optional<EvalMetrics> start; ///< the evaluation before the first step
    std::optional<EvalMetrics> best;
};

/// checkpoint-N of a run, written in one step (AtomicFolder): adapter_config.json and adapter_model.safetensors
/// (PEFT's), optimizer.safetensors, rng.safetensors, trainer_state.json.
void writeCheckpoint(const std::filesystem::path& folder, const TrainState& state, const LoraAdapter& adapter,
    AdamW& optimizer, const at::Tensor& generatorState);

/// The state alone. Throws fileMissing, fileMalformed naming file and key.
TrainState readTrainState(const std::filesystem::path& folder);

/// Optimizer moments into `optimizer`; returns the generator's state. Shapes are checked against the adapter.
at::Tensor readOptimizer(const std::filesystem::path& folder, AdamW& optimizer);

} // namespace falconer
