// SPDX-License-Identifier: Apache-2.0
#include "core/train/plan_advice.h"

#include "core/model/decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace falconer {

namespace {

constexpr std::int64_t kWorthSaying = 1 << 20;
constexpr std::int64_t kShortestRows = 64; ///< a smaller data.max_length is not proposed
constexpr std::int64_t kSmallestRank = 4;

/// Makes one change, or says that it does not apply.
using Change = std::function<std::optional<std::string>(Recipe&, Recompute)>;

/// In the order of the harm they do.
std::vector<Change> changes()
{
    const auto checkpointing = [](Recompute what, const char* word) {
        return [what, word](Recipe& recipe, Recompute now) -> std::optional<std::string> {
            if (now >= what)
                return std::nullopt;
            recipe.training.gradientCheckpointing = word;
            return fmt::format("training.gradient_checkpointing={}", word);
        };
    };
    return {
        checkpointing(Recompute::selective, "selective"),
        checkpointing(Recompute::full, "full"),
        [](Recipe& recipe, Recompute) -> std::optional<std::string> {
            TrainingSettings& training = recipe.training;
            if (training.microBatch < 2 || training.microBatch % 2 != 0)
                return std::nullopt;
            training.microBatch /= 2;
            training.gradientAccumulation *= 2;
            return fmt::format("training.micro_batch={} training.gradient_accumulation={}", training.microBatch,
                training.gradientAccumulation);
        },
        [](Recipe& recipe, Recompute) -> std::optional<std::string> {
            if (recipe.training.optimizer != "adamw")
                return std::nullopt;
            recipe.training.optimizer = "adamw_8bit";
            return "training.optimizer=adamw_8bit";
        },
        [](Recipe& recipe, Recompute) -> std::optional<std::string> {
            const bool fourBits = recipe.quantization.type == "nf4" || recipe.quantization.type == "fp4";
            if (!fourBits || recipe.quantization.doubleQuant)
                return std::nullopt;
            recipe.quantization.doubleQuant = true;
            return "quantization.double_quant=true";
        },
        [](Recipe& recipe, Recompute) -> std::optional<std::string> {
            if (recipe.quantization.computeDtype != "float32")
                return std::nullopt;
            recipe.quantization.computeDtype = "bfloat16";
            return "quantization.compute_dtype=bfloat16";
        },
        [](Recipe& recipe, Recompute) -> std::optional<std::string> {
            if (recipe.quantization.type != "none" && recipe.quantization.type != "int8")
                return std::nullopt;
            recipe.quantization.type = "nf4";
            recipe.quantization.doubleQuant = true;
            return "quantization.type=nf4 quantization.double_quant=true";
        },
        [](Recipe& recipe, Recompute) -> std::optional<std::string> {
            if (recipe.lora.initFrom || recipe.lora.rank < 2 * kSmallestRank)
                return std::nullopt;
            recipe.lora.rank /= 2;
            recipe.lora.alpha /= 2; // the same scale
            return fmt::format("lora.rank={} lora.alpha={:g}", recipe.lora.rank, recipe.lora.alpha);
        },
        [](Recipe& recipe, Recompute) -> std::optional<std::string> {
            if (recipe.data.maxLength < 2 * kShortestRows)
                return std::nullopt;
            recipe.data.maxLength /= 2;
            return fmt::format("data.max_length={}", recipe.data.maxLength);
        },
    };
}

std::optional<PlanSuggestion> tryChange(
    const Change& change, const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts, const MemoryPlan& plan)
{
    PlanSuggestion suggestion;
    suggestion.recipe = recipe;
    const auto text = change(suggestion.recipe, plan.recompute);
    if (!text)
        return std::nullopt;
    // What `auto` chose stays as it is: the saving is this change's alone.
    Recipe counted = suggestion.recipe;
    if (counted.training.gradientCheckpointing == "auto")
        counted.training.gradientCheckpointing = plan.recompute == Recompute::full ? "full"
            : plan.recompute == Recompute::selective                               ? "selective"
                                                                                   : "off";
    suggestion.change = *text;
    suggestion.savesBytes = plan.peak - planMemory(counted, spec, facts).peak;
    if (suggestion.savesBytes < kWorthSaying)
        return std::nullopt;
    return suggestion;
}

} // namespace

std::vector<PlanSuggestion> planSuggestions(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts)
{
    const MemoryPlan plan = planMemory(recipe, spec, facts);
    std::vector<PlanSuggestion> suggestions;
    for (const Change& change : changes())
        if (auto suggestion = tryChange(change, recipe, spec, facts, plan))
            suggestions.push_back(std::move(*suggestion));
    return suggestions;
}

std::string cheapestFix(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts, std::int64_t bytesShort)
{
    const std::vector<PlanSuggestion> alone = planSuggestions(recipe, spec, facts);
    for (const PlanSuggestion& suggestion : alone)
        if (suggestion.savesBytes >= bytesShort)
            return suggestion.change;
    const std::int64_t goal = planMemory(recipe, spec, facts).peak - bytesShort;
    Recipe changed = recipe;
    std::string text;
    for (const Change& change : changes()) {
        const MemoryPlan plan = planMemory(changed, spec, facts);
        if (plan.peak <= goal)
            break;
        const auto suggestion = tryChange(change, changed, spec, facts, plan);
        if (!suggestion)
            continue;
        // Full recomputation takes the place of the selective one.
        if (const std::string selective = "training.gradient_checkpointing=selective";
            text == selective && suggestion->change.starts_with("training.gradient_checkpointing"))
            text.clear();
        text += (text.empty() ? "" : " and ") + suggestion->change;
        changed = suggestion->recipe;
    }
    return text;
}

} // namespace falconer
