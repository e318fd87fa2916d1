// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/model/spec.h"
#include "core/train/memory_plan.h"
#include "core/train/plan_advice.h"
#include "core/train/plan_facts.h"
#include "core/train/run_plan.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// The peak with another quantization.type and else the same recipe.
struct QuantizationPeak {
    std::string type; ///< none, int8, fp4, nf4
    std::int64_t peak = 0; ///< bytes
    std::optional<bool> fits;
};

/// What can be said of a run before it starts.
struct RunForecast {
    MemoryPlan plan;
    std::string checkpointing; ///< off, selective or full: what training.gradient_checkpointing comes to
    std::vector<PlanSuggestion> suggestions;
    std::vector<QuantizationPeak> peaks;
    std::int64_t tables = 0; ///< bytes of embedding and untied head, among the plan's weights
    std::string device; ///< "cpu (avx2, 2 threads)", "cuda:0"
    std::int64_t machine = 0; ///< bytes of that device's memory; 0: unknown
    std::int64_t ramAvailable = 0; ///< bytes of RAM for the run, what this process holds included; 0: unknown

    /// Nothing where the rows are not known.
    std::optional<RunPlan> steps;
    std::int64_t trainRows = 0; ///< those that data.max_length leaves without a target included
    std::int64_t validationRows = 0;
    std::int64_t runTokens = 0; ///< that all steps together train on, about; 0: the rows are not known
    std::int64_t evalTokens = 0; ///< that all evaluations together go through, the one before the first step included
    std::int64_t longestRow = 0; ///< tokens of the longest training row after the cut; unknown rows: data.max_length
    std::string rowsProblem; ///< why the rows are not known, as a sentence; empty: they are, or are too many to read
};

/// Makes forecasts of recipes that are being edited. What takes long is kept: models' headers, tokenizers and the
/// lengths of rows, by the files' names, sizes and times and the settings that decide over them, so that a change of a
/// rank takes milliseconds. May be called from several threads; forecasts are made one at a time.
class RunForecaster {
public:
    RunForecaster();
    ~RunForecaster();

    /// The shape of a model as a recipe names it. Throws as resolveModel() and Checkpoint, and modelUnsupported
    /// for more layers than lora.layers can name.
    ModelSpec describe(const std::string& model);

    /// Rows that cannot be read are taken to be as long as data.max_length allows. Throws recipeInvalid with the faults
    /// of the sections that decide over memory, cancelled, and what describe() and planMemory() throw.
    RunForecast forecast(const Recipe& recipe, const Progress& progress = {});

    /// sampledWeightErrors() of the recipe's model; takes about a second the first time.
    std::vector<WeightError> weightErrors(const Recipe& recipe);

private:
    struct Kept;
    std::unique_ptr<Kept> m_kept;
};

} // namespace falconer
