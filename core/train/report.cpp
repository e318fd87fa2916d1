// SPDX-License-Identifier: Apache-2.0
#include "core/train/report.h"

#include "core/base/text.h"
#include "core/config/recipe_io.h"

#include <fmt/format.h>

namespace falconer {

namespace {

std::string line(const char* label, const std::optional<EvalMetrics>& metrics)
{
    if (!metrics)
        return {};
    return fmt::format("| {} | {:.4f} | {:.2f} | {} |\n", label, metrics->loss, metrics->perplexity, metrics->step);
}

} // namespace

std::string runReport(
    const Recipe& recipe, const RunStarted& started, const RunEnded& ended, const std::optional<StepMetrics>& lastStep)
{
    std::string text = fmt::format(
        "# {}\n\nThe run {} at {}.\n\n", started.folder.filename().string(), name(ended.state), utcTime());
    text += fmt::format("- Model: {}\n- Device: {}\n- Rows: {} for training, {} for validation\n"
                        "- Trainable parameters: {} of {}\n",
        recipe.model, started.device, started.trainRows, started.validationRows, started.trainableParameters,
        started.totalParameters);
    if (lastStep)
        text += fmt::format("- Steps: {} of {}, {} tokens in {:.0f} s\n- Last training loss: {:.4f}\n", lastStep->step,
            started.totalSteps, lastStep->tokens, lastStep->seconds, lastStep->loss);
    if (ended.start || ended.best) {
        text += "\n| validation | loss | perplexity | step |\n|---|---|---|---|\n";
        text += line("before training", ended.start) + line("best", ended.best);
    }
    for (const Fault& fault : ended.faults)
        text += "\n" + sentence(fault) + "\n";
    if (!ended.adapter.empty())
        text += "\n## Loading the adapter\n\n```python\nfrom transformers import AutoModelForCausalLM\n"
                "from peft import PeftModel\nbase = AutoModelForCausalLM.from_pretrained(\""
            + recipe.model + "\")\nmodel = PeftModel.from_pretrained(base, \"" + ended.adapter.string() + "\")\n```\n";
    text += "\n## Recipe\n\n```yaml\n" + writeRecipe(recipe) + "```\n";
    return text;
}

} // namespace falconer
