// SPDX-License-Identifier: Apache-2.0
#include "core/train/queue.h"
#include "app/falconer/console.h"
#include "app/falconer/drive.h"
#include "app/falconer/options.h"
#include "app/falconer/progress_view.h"
#include "app/falconer/session_view.h"
#include "app/falconer/text_table.h"
#include "app/falconer/verb.h"
#include "core/base/files.h"
#include "core/run/recipe_values.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace falconer::cli {
namespace {

using nlohmann::ordered_json;

template <class Value>
ordered_json orNull(const std::optional<Value>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json settingsOf(const QueuedRun& run)
{
    ordered_json settings = ordered_json::object();
    for (const RecipeSetting& setting : run.settings) {
        std::vector<Fault> faults;
        const auto value = parseYaml(setting.yaml, setting.key, faults);
        settings[setting.key] = value ? falconer::toJson(*value) : ordered_json(setting.yaml);
    }
    return settings;
}

ordered_json toJson(const QueuePlan& plan, const QueueOutcome& outcome)
{
    ordered_json runs = ordered_json::array();
    for (const std::size_t i : rankedByLoss(outcome)) {
        const QueuedRun& run = plan.runs[i];
        const QueueResult& result = outcome.results[i];
        runs.push_back({{"name", run.name}, {"run", run.folder.string()}, {"entry", run.entry}, {"state", result.state},
            {"skipped", result.skipped}, {"best_eval_loss", orNull(result.summary.bestEvalLoss)},
            {"best_step", orNull(result.summary.bestStep)}, {"last_loss", orNull(result.summary.lastLoss)},
            {"steps", result.summary.steps}, {"settings", settingsOf(run)}});
        if (!result.faults.empty())
            runs.back()["error"] = cli::toJson(result.faults);
    }
    return {{"queue", plan.file.string()}, {"output", plan.output.string()}, {"interrupted", outcome.interrupted},
        {"finished", outcome.count("finished")}, {"failed", outcome.count("failed")}, {"runs", std::move(runs)}};
}

std::string toText(const QueuePlan& plan, const QueueOutcome& outcome)
{
    const auto loss = [](const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; };
    TextTable table(
        {{"run"}, {"state"}, {"steps", true}, {"loss", true}, {"best eval", true}, {"at step", true}, {"settings"}});
    for (const std::size_t i : rankedByLoss(outcome)) {
        const QueueResult& result = outcome.results[i];
        std::string settings;
        for (const RecipeSetting& setting : plan.runs[i].settings)
            settings += (settings.empty() ? "" : ", ") + falconer::text(setting);
        table.add({plan.runs[i].name, result.skipped ? result.state + " before" : result.state,
            std::to_string(result.summary.steps), loss(result.summary.lastLoss), loss(result.summary.bestEvalLoss),
            result.summary.bestStep ? std::to_string(*result.summary.bestStep) : "-", onOneLine(settings)});
    }
    std::string text = table.text() + "the runs are in " + plan.output.string() + "\n";
    if (outcome.interrupted)
        text += "go on with: falconer queue " + plan.file.string() + " --output " + plan.output.string() + "\n";
    return text;
}

class QueueVerb : public Verb {
public:
    QueueVerb()
        : Verb("queue", "run a list of recipes and sweeps, one after the other", "falconer queue night.yaml")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addOption(arguments, "FILE.yaml", m_file, "The list: [{recipe, set, sweep, samples, seed}, …]")
            ->required()
            ->type_name("");
        addOption(arguments, "--output", m_output,
            "The folder of the runs (default: runs/<queue's name> beside the file); a queue that is run again with the "
            "same one goes on")
            ->type_name("DIR");
    }

    int run(Console& console) override
    {
        const QueueFile queue = readQueueFile(expandPath(m_file));
        const QueuePlan plan = planQueue(queue, m_output.empty() ? defaultQueueOutput(queue) : expandPath(m_output));
        {
            ProgressView progress(console);
            std::vector<Fault> faults = checkQueue(plan, progress.callback());
            console.status("");
            if (!faults.empty()) {
                // Whatever the matter is: nothing ran, and the request has to change.
                for (Fault& fault : faults)
                    fault.code = ErrorCode::requestInvalid;
                throw Error(std::move(faults));
            }
        }
        const QueueOutcome outcome = runQueue(plan, [&](Session& session, const QueuedRun& run, std::size_t index) {
            return drive(session, run, index, plan.runs.size(), console);
        });
        if (console.json())
            console.object(toJson(plan, outcome));
        else
            console.text(toText(plan, outcome));
        return outcome.exitCode();
    }

private:
    static QueueStep drive(
        Session& session, const QueuedRun& run, std::size_t index, std::size_t count, Console& console)
    {
        console.note(fmt::format(
            "[{} of {}] {}{}", index + 1, count, run.name, run.action == QueueAction::resume ? ", going on" : ""));
        SessionView view(console);
        const bool asked = follow(session, view, console);
        console.status("");
        for (const Fault& fault : view.end()->faults)
            console.note(sentence(fault));
        return {*view.end(), !asked};
    }

    std::string m_file;
    std::string m_output;
};

} // namespace

std::unique_ptr<Verb> makeQueueVerb() { return std::make_unique<QueueVerb>(); }

} // namespace falconer::cli
