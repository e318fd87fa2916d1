// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"
#include "core/train/memory_plan.h"

namespace falconer {

class Checkpoint;

/// Facts of this machine and of rows that were read already: the trainer's. `gpu`: the run's device is one;
/// `gpuAvailable`: its free bytes, 0 when not known.
PlanFacts planFacts(const Recipe& recipe, const Dataset& rows, bool gpu, std::int64_t gpuAvailable = 0);

/// The same before a run: rows are read and tokenized, uncut, when their files are small enough for that to be quick
/// (64 MiB together), otherwise the plan takes them to be as long as data.max_length allows. Throws what loadDataset()
/// and readAdapterConfig() throw.
PlanFacts planFacts(const Recipe& recipe, const Tokenizer& tokenizer, bool gpu, std::int64_t gpuAvailable = 0,
    const Progress& progress = {});

/// Free bytes of the GPU "cuda:N", for planFacts(); 0 where it is not to be had here.
std::int64_t freeGpuMemory(const std::string& device);

/// The bytes that a weight has in the model's files, by its embedding's type.
std::int64_t storedBytesPerWeight(const Checkpoint& checkpoint);

/// The relative RMS error, √(Σ(w − q)² / Σw²), that each type of weight makes on the model's own weights.
struct WeightError {
    std::string type; ///< "bfloat16", "int8", "nf4", "fp4"
    double error = 0;
};
/// From a few matrices of the first, middle and last layers (at least one, then as many as take a second or so), with
/// doubly quantized scales where `doubleQuantize`. Throws as Checkpoint::load().
std::vector<WeightError> sampledWeightErrors(const Checkpoint& checkpoint, bool doubleQuantize);

} // namespace falconer
