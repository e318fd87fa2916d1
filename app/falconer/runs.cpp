// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/text_table.h"
#include "app/falconer/verb.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/hub/local_models.h"
#include "core/run/run_folder.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace falconer::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kDefaultFolder = "runs";

template <class Value>
ordered_json orNull(const std::optional<Value>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json toJson(const std::vector<RunSummary>& runs)
{
    ordered_json list = ordered_json::array();
    for (const RunSummary& run : runs)
        list.push_back({{"name", run.name}, {"path", run.path.string()}, {"state", run.state}, {"model", run.model},
            {"steps", run.steps}, {"last_loss", orNull(run.lastLoss)}, {"best_eval_loss", orNull(run.bestEvalLoss)},
            {"best_step", orNull(run.bestStep)}, {"started", run.started}, {"problem", run.problem}});
    return {{"runs", std::move(list)}};
}

std::string toText(const std::vector<RunSummary>& runs)
{
    const auto loss = [](const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; };
    TextTable table({{"name"}, {"state"}, {"steps", true}, {"loss", true}, {"best eval", true}, {"at step", true},
        {"started"}, {"model"}});
    for (const RunSummary& run : runs) {
        if (!run.problem.empty())
            table.add({run.name, "unreadable: " + run.problem});
        else
            table.add({run.name, run.state, std::to_string(run.steps), loss(run.lastLoss), loss(run.bestEvalLoss),
                run.bestStep ? std::to_string(*run.bestStep) : "-", run.started, shortName(run.model)});
    }
    return table.text();
}

class RunsVerb : public Verb {
public:
    RunsVerb()
        : Verb("runs", "list the runs of a folder", "falconer runs")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addOption(arguments, "DIR", m_folder, fmt::format("The folder that holds them (default: {})", kDefaultFolder))
            ->type_name("");
    }

    int run(Console& console) override
    {
        const std::filesystem::path folder = expandPath(m_folder.empty() ? kDefaultFolder : m_folder);
        std::error_code ignored;
        const bool exists = std::filesystem::is_directory(folder, ignored);
        if (!exists && !m_folder.empty())
            throw Error(
                ErrorCode::fileMissing, m_folder, "there is no such folder", "name the folder that holds the runs");
        const std::vector<RunSummary> runs = exists ? listRuns(folder) : std::vector<RunSummary>();
        if (console.json())
            console.object(toJson(runs));
        else if (runs.empty())
            console.note("no runs in " + folder.string());
        else
            console.text(toText(runs));
        return 0;
    }

private:
    std::string m_folder;
};

} // namespace

std::unique_ptr<Verb> makeRunsVerb() { return std::make_unique<RunsVerb>(); }

} // namespace falconer::cli
