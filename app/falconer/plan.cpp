// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/progress_view.h"
#include "app/falconer/text_table.h"
#include "app/falconer/verb.h"
#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "core/train/plan_advice.h"
#include "core/train/plan_facts.h"
#include "core/train/preflight.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace falconer::cli {
namespace {

using nlohmann::ordered_json;

/// What a recipe's device means for a plan: the GPU need not be here.
bool namesGpu(const std::string& device)
{
    if (device == "auto" || device == "cpu")
        return false;
    const std::string_view prefix = "cuda:";
    const bool numbered = device.starts_with(prefix) && device.size() > prefix.size()
        && std::all_of(device.begin() + static_cast<std::ptrdiff_t>(prefix.size()), device.end(),
            [](unsigned char letter) { return letter >= '0' && letter <= '9'; });
    if (!numbered)
        throw Error(ErrorCode::requestInvalid, "--device", fmt::format("'{}' is not a device", device),
            "use auto, cpu, or a GPU such as cuda:0");
    return true;
}

std::string size(std::int64_t bytes)
{
    const double mebi = static_cast<double>(bytes) / (1024.0 * 1024.0);
    return mebi < 1024 ? fmt::format("{:.1f} MiB", mebi) : fmt::format("{:.2f} GiB", mebi / 1024);
}

ordered_json toJson(const MemoryBytes& bytes)
{
    ordered_json object = ordered_json::object();
    for (std::size_t i = 0; i < kMemoryClasses; ++i)
        object[std::string(name(static_cast<MemoryClass>(i)))] = bytes.bytes[i];
    return object;
}

ordered_json toJson(
    const MemoryPlan& plan, const std::vector<PlanSuggestion>& suggestions, const std::vector<WeightError>& errors)
{
    ordered_json list = ordered_json::array();
    for (const PlanSuggestion& suggestion : suggestions)
        list.push_back({{"change", suggestion.change}, {"saves_bytes", suggestion.savesBytes}});
    ordered_json weightError = ordered_json::object();
    for (const WeightError& error : errors)
        weightError[error.type] = error.error;
    return {{"predicted_peak_bytes", plan.peak}, {"ram", toJson(plan.ram)},
        {"gpu", plan.gpu ? toJson(*plan.gpu) : ordered_json(nullptr)},
        {"fits", plan.fits ? ordered_json(*plan.fits) : ordered_json(nullptr)}, {"suggestions", std::move(list)},
        {"weight_error", std::move(weightError)}};
}

std::string classesText(const MemoryPlan& plan)
{
    std::vector<TextTable::Column> columns = {{"memory"}, {"RAM", true}};
    if (plan.gpu)
        columns.push_back({"GPU", true});
    TextTable table(columns);
    const auto add = [&](const std::string& title, std::int64_t ram, std::int64_t gpu) {
        std::vector<std::string> cells = {title, size(ram)};
        if (plan.gpu)
            cells.push_back(size(gpu));
        table.add(cells);
    };
    for (std::size_t i = 0; i < kMemoryClasses; ++i) {
        std::string title(name(static_cast<MemoryClass>(i)));
        std::replace(title.begin(), title.end(), '_', ' ');
        add(title, plan.ram.bytes[i], plan.gpu ? plan.gpu->bytes[i] : 0);
    }
    add("peak", plan.ram.total(), plan.gpu ? plan.gpu->total() : 0);
    return table.text();
}

std::string verdictText(const MemoryPlan& plan)
{
    const std::string place = plan.gpu ? "GPU" : "machine";
    if (plan.available <= 0)
        return fmt::format("\nWhether it fits cannot be said: how much memory the {} has is not known here.\n", place);
    return fmt::format("\nIt {} ({}): {} of the {} {} that the {} has free.\n",
        plan.fits.value_or(false) ? "fits" : "does not fit",
        plan.phase + (plan.phase == "training" ? " takes the most" : " is the fullest moment"), size(plan.peak),
        size(plan.available), plan.gpu ? "of memory" : "of RAM", place);
}

class PlanVerb : public Verb {
public:
    PlanVerb()
        : Verb("plan", "predict the memory that a recipe takes", "falconer plan recipe.yaml --device cuda:0")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addOption(arguments, "RUN.yaml", m_recipe, "The recipe")->required()->type_name("");
        addOption(arguments, "--device", m_device,
            "Plan for auto, cpu or a GPU such as cuda:0, here or not (default: the recipe's device; auto is the CPU)")
            ->type_name("NAME");
        addSettings(arguments, m_settings);
    }

    int run(Console& console) override
    {
        const LoadedRecipe loaded = loadRecipe(expandPath(m_recipe), m_settings);
        const Recipe& recipe = loaded.recipe;
        FaultList faults;
        bool gpu = false;
        const std::string device = m_device.empty() ? recipe.device : m_device;
        faults.attempt([&] { gpu = namesGpu(device); });
        const ModelFiles model = openModelFiles(recipe.model, faults);
        checkAdapter(loaded, model, faults);
        if (!faults.faults().empty())
            faults.add(firstRowFaults(recipe.data));
        faults.check();
        const Checkpoint& checkpoint = *model.checkpoint;
        ProgressView progress(console);
        PlanFacts facts
            = planFacts(recipe, *model.tokenizer, gpu, gpu ? freeGpuMemory(device) : 0, progress.callback());
        console.status("");
        facts.storedBytesPerWeight = storedBytesPerWeight(checkpoint);
        const MemoryPlan plan = planMemory(recipe, checkpoint.spec(), facts);
        const std::vector<PlanSuggestion> suggestions = planSuggestions(recipe, checkpoint.spec(), facts);
        const std::vector<WeightError> errors = sampledWeightErrors(checkpoint, recipe.quantization.doubleQuant);
        if (console.json()) {
            console.object(toJson(plan, suggestions, errors));
            return 0;
        }
        console.text(classesText(plan) + verdictText(plan));
        if (!suggestions.empty()) {
            TextTable table({{"to make it smaller, the least harm first"}, {"saves", true}});
            for (const PlanSuggestion& suggestion : suggestions)
                table.add({suggestion.change, size(suggestion.savesBytes)});
            console.text("\n" + table.text());
        }
        TextTable table({{"weights held as"}, {"relative error", true}});
        for (const WeightError& error : errors)
            table.add({error.type, fmt::format("{:.2f} %", 100 * error.error)});
        console.text("\n" + table.text());
        return 0;
    }

private:
    std::string m_recipe;
    std::string m_device;
    std::vector<std::string> m_settings;
};

} // namespace

std::unique_ptr<Verb> makePlanVerb() { return std::make_unique<PlanVerb>(); }

} // namespace falconer::cli
