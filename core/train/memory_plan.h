// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/model/adapter_config.h"
#include "core/model/spec.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

enum class Recompute; // core/model/decoder.h

/// What memory is spent on.
enum class MemoryClass {
    weights, ///< frozen weights as held: embedding, head, norms, biases, codes of the quantized matrices
    quantizationState, ///< their scales
    adapters, ///< everything trained, float32, and its copies in the compute type; what PiSSA and OLoRA took out
    gradients, ///< float32
    optimizer, ///< its states
    activations, ///< what the backward pass needs, and the most that exists for a moment beside it
    logits, ///< of one chunk, and what the loss keeps
    workspace, ///< a matrix being loaded, dequantized or decomposed; what the allocator cannot hand back
    libtorch, ///< the program with its libraries before a model is loaded
    data ///< rows and tokenizer
};
inline constexpr std::size_t kMemoryClasses = 10;
std::string_view name(MemoryClass kind); ///< "quantization_state"

/// Bytes of each class.
struct MemoryBytes {
    std::array<std::int64_t, kMemoryClasses> bytes{};

    std::int64_t& operator[](MemoryClass kind) { return bytes[static_cast<std::size_t>(kind)]; }
    std::int64_t operator[](MemoryClass kind) const { return bytes[static_cast<std::size_t>(kind)]; }
    std::int64_t total() const;
};

/// What a plan needs to know beside recipe and model. Lengths are in tokens, before data.max_length cuts them.
struct PlanFacts {
    std::vector<std::int64_t> rows; ///< of the training rows; empty: unknown, every row is as long as allowed
    std::vector<std::int64_t> validationRows; ///< in their order; ignored while `rows` is empty
    std::optional<AdapterConfig> initFrom; ///< the adapter that lora.init_from names: it decides ranks and targets
    bool gpu = false; ///< the model lies on a GPU
    int threads = 1; ///< of the CPU
    std::int64_t ramAvailable = 0; ///< bytes that the run may take, what this process holds included; 0: unknown
    std::int64_t gpuAvailable = 0; ///< the same of the GPU
    std::int64_t storedBytesPerWeight = 2; ///< in the model's files: 2 for bfloat16
};

struct MemoryPlan {
    MemoryBytes ram; ///< at the moment when the device's memory is fullest (with a GPU: when RAM is)
    std::optional<MemoryBytes> gpu;
    std::int64_t peak = 0; ///< of the device that trains: the process's VmHWM on the CPU, the GPU's memory else
    std::string phase; ///< in which that is: "loading", "preparing", "evaluating", "training" or "saving"
    /// What gradient_checkpointing comes to; auto is off when the plan takes at most 90 % of what the device has, else
    /// selective when that does, else full. Unknown memory: off.
    Recompute recompute{};
    std::int64_t available = 0; ///< on that device; 0: unknown
    /// Whether both memories have room; nothing where one is not known.
    std::optional<bool> fits;
};

/// The memory of a run from its settings alone: no weight is loaded, no tensor made. Where each term comes from:
///
/// * weights, quantization state: Decoder::load and freeze(): embedding and untied head in the compute type; a 4-bit
///   matrix of n elements has n / 2 bytes of codes and ceil(n / 64) scales of 4 bytes, or of 1 byte and 4 bytes for
///   each 256 of them when quantized doubly; int8 has n bytes and 4 a row; plain ones lie in the compute type.
/// * adapters, gradients, optimizer: LoraAdapter::trained(): 4 bytes an element each, and optimizerStateBytes().
/// * activations: plan_layers.h walks through decoder.cpp, adapted_linear.cpp and attention.cpp as they run.
/// * logits: frozenCrossEntropy(): at most kLogitRows rows, twice in float32; hidden rows and their gradient.
/// * workspace: while loading, the float32 matrix and its mapped pages; while training, the matrix that is dequantized
///   for the moment, inside `activations`' walk but counted here.
/// * libtorch, and what the allocator holds back: measured by tests/bench/bench_memory_plan (kProgramBytes
///   in memory_plan.cpp).
///
/// The peak is that of the phase with the most: loading, preparing the adapter, evaluating, training, saving. Takes
/// well under a millisecond, apart from patterns in the recipe. Throws recipeInvalid as resolveTargets() does.
MemoryPlan planMemory(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts);

} // namespace falconer
