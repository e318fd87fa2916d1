// SPDX-License-Identifier: Apache-2.0
#include "core/run/compare.h"

#include "core/config/recipe_io.h"
#include "core/formats/tensor_file.h"
#include "core/run/recipe_values.h"

#include <algorithm>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

std::optional<std::int64_t> adapterParameters(const RunFolder& run)
{
    for (const fs::path& folder : {run.adapter(), run.best()}) {
        const fs::path file = folder / "adapter_model.safetensors";
        std::error_code ignored;
        if (!fs::exists(file, ignored))
            continue;
        try {
            std::int64_t sum = 0;
            const auto tensors = openSafetensors(file);
            for (const TensorView& tensor : tensors->tensors())
                sum += tensor.elements();
            return sum;
        } catch (const Error&) {
            // Its export says what is wrong with it; here the number is left out.
        }
    }
    return std::nullopt;
}

} // namespace

RunResult resultOf(const RunFolder& run, RunReading reading)
{
    RunResult result;
    result.summary = std::move(reading.summary);
    const MetricsHistory& history = reading.history;
    if (!history.steps.empty()) {
        const StepMetrics& last = history.steps.back();
        result.seconds = last.seconds;
        result.tokens = last.tokens;
        if (last.seconds > 0)
            result.tokensPerSecond = static_cast<double>(last.tokens) / last.seconds;
    }
    if (reading.recipe && reading.recipe->sentinel.enabled && !history.evals.empty())
        result.sentinel = judge(history, reading.recipe->sentinel).state;
    result.trainableParameters = adapterParameters(run);
    return result;
}

Comparison compareRuns(std::span<const fs::path> folders)
{
    if (folders.size() < 2)
        throw Error(ErrorCode::requestInvalid, "compare", "there is nothing to compare a run with",
            "name two run folders or more");
    Comparison comparison;
    std::vector<std::vector<RecipeValue>> settings;
    std::vector<Fault> faults;
    std::vector<fs::path> seen;
    for (const fs::path& folder : folders) {
        try {
            const RunFolder run = RunFolder::open(folder);
            if (std::find(seen.begin(), seen.end(), run.path()) != seen.end())
                throw Error(ErrorCode::requestInvalid, run.path().string(), "is named twice", "name each run once");
            seen.push_back(run.path());
            const Recipe recipe = loadRecipe(run.recipeFile()).recipe;
            // A comparison without the numbers would say nothing, so what cannot be read is a fault here.
            if (std::error_code ignored; fs::exists(run.metricsFile(), ignored))
                readMetrics(run.metricsFile());
            comparison.runs.push_back(resultOf(run, readRun(run)));
            settings.push_back(recipeValues(recipe));
        } catch (const Error& error) {
            for (Fault fault : error.faults()) {
                // "run.yaml, line 3" alone would not say whose.
                if (fault.subject.find(folder.filename().string()) == std::string::npos)
                    fault.subject = folder.string() + ": " + fault.subject;
                fault.code = ErrorCode::requestInvalid;
                faults.push_back(std::move(fault));
            }
        }
    }
    if (!faults.empty())
        throw Error(std::move(faults));

    for (std::size_t key = 0; key < settings.front().size(); ++key) {
        SettingDifference row{settings.front()[key].key, {}};
        for (const std::vector<RecipeValue>& values : settings)
            row.values.push_back(values[key].yaml);
        if (!std::equal(row.values.begin() + 1, row.values.end(), row.values.begin()))
            comparison.settings.push_back(std::move(row));
    }
    return comparison;
}

} // namespace falconer
