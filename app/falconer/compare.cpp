// SPDX-License-Identifier: Apache-2.0
#include "core/run/compare.h"
#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/progress_view.h"
#include "app/falconer/text_table.h"
#include "app/falconer/verb.h"
#include "core/base/files.h"
#include "core/run/recipe_values.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace falconer::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kWidestValue = 40;

template <class Value>
ordered_json orNull(const std::optional<Value>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json valueOf(const std::string& yaml)
{
    std::vector<Fault> faults;
    const auto value = parseYaml(yaml, "run.yaml", faults);
    return value ? falconer::toJson(*value) : ordered_json(yaml);
}

ordered_json toJson(const RunResult& run)
{
    const RunSummary& summary = run.summary;
    return {{"name", summary.name}, {"path", summary.path.string()}, {"state", summary.state},
        {"best_eval_loss", orNull(summary.bestEvalLoss)}, {"best_step", orNull(summary.bestStep)},
        {"last_loss", orNull(summary.lastLoss)}, {"steps", summary.steps}, {"seconds", orNull(run.seconds)},
        {"tokens", orNull(run.tokens)}, {"tokens_per_second", orNull(run.tokensPerSecond)},
        {"trainable_parameters", orNull(run.trainableParameters)},
        {"sentinel", run.sentinel ? ordered_json(name(*run.sentinel)) : ordered_json()}};
}

ordered_json toJson(const Comparison& comparison)
{
    ordered_json runs = ordered_json::array();
    for (const RunResult& run : comparison.runs)
        runs.push_back(toJson(run));
    ordered_json settings = ordered_json::object();
    for (const SettingDifference& difference : comparison.settings) {
        ordered_json values = ordered_json::array();
        for (const std::string& yaml : difference.values)
            values.push_back(valueOf(yaml));
        settings[difference.key] = std::move(values);
    }
    return {{"runs", std::move(runs)}, {"settings", std::move(settings)}};
}

template <class Value>
std::string orDash(const std::optional<Value>& value, const char* format)
{
    return value ? fmt::format(fmt::runtime(format), *value) : "-";
}

/// A row of the table: what it is called, and what it says of a run.
struct ResultRow {
    const char* title;
    std::function<std::string(const RunResult&)> text;
};

const std::vector<ResultRow>& resultRows()
{
    static const std::vector<ResultRow> rows{
        {"state", [](const RunResult& run) { return run.summary.state; }},
        {"best eval loss", [](const RunResult& run) { return orDash(run.summary.bestEvalLoss, "{:.4f}"); }},
        {"at step", [](const RunResult& run) { return orDash(run.summary.bestStep, "{}"); }},
        {"last loss", [](const RunResult& run) { return orDash(run.summary.lastLoss, "{:.4f}"); }},
        {"steps", [](const RunResult& run) { return std::to_string(run.summary.steps); }},
        {"time", [](const RunResult& run) { return run.seconds ? durationText(*run.seconds) : "-"; }},
        {"tokens/s", [](const RunResult& run) { return orDash(run.tokensPerSecond, "{:.0f}"); }},
        {"trainable", [](const RunResult& run) { return orDash(run.trainableParameters, "{}"); }},
        {"sentinel",
            [](const RunResult& run) { return run.sentinel ? std::string(name(*run.sentinel)) : std::string("-"); }},
    };
    return rows;
}

std::string toText(const Comparison& comparison)
{
    std::vector<TextTable::Column> columns{{""}};
    for (const RunResult& run : comparison.runs)
        columns.push_back({run.summary.name});
    TextTable table(columns);
    for (const ResultRow& row : resultRows()) {
        std::vector<std::string> cells{row.title};
        for (const RunResult& run : comparison.runs)
            cells.push_back(row.text(run));
        table.add(std::move(cells));
    }
    for (const SettingDifference& difference : comparison.settings) {
        std::vector<std::string> cells{difference.key};
        for (const std::string& value : difference.values)
            cells.push_back(cutTo(onOneLine(value), kWidestValue));
        table.add(std::move(cells));
    }
    std::string text = table.text();
    return comparison.settings.empty() ? text + "all settings are the same\n" : text;
}

class CompareVerb : public Verb {
public:
    CompareVerb()
        : Verb("compare", "show how runs differ, in settings and results", "falconer compare runs/a runs/b")
    {
    }

    void declare(CLI::App& arguments) override
    {
        arguments.add_option("DIR", m_folders, "The folders of two runs or more")->required()->type_name("");
    }

    int run(Console& console) override
    {
        std::vector<std::filesystem::path> folders;
        for (const std::string& folder : m_folders)
            folders.push_back(expandPath(folder));
        const Comparison comparison = compareRuns(folders);
        for (const RunResult& result : comparison.runs)
            if (!result.summary.problem.empty())
                console.note("warning: " + result.summary.problem);
        if (console.json())
            console.object(toJson(comparison));
        else
            console.text(toText(comparison));
        return 0;
    }

private:
    std::vector<std::string> m_folders;
};

} // namespace

std::unique_ptr<Verb> makeCompareVerb() { return std::make_unique<CompareVerb>(); }

} // namespace falconer::cli
