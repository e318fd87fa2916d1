// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "core/run/compare.h"
#include "core/run/json_lines.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <system_error>
#include <tuple>

namespace fs = std::filesystem;

namespace falconer {

namespace {

/// What events.jsonl says about where a run stands. It is a log: lines that cannot be read are passed over.
struct Life {
    std::string last; ///< the last change of state; empty when none was written
    std::string started; ///< time of the first one
};

Life readLife(const fs::path& eventsFile)
{
    Life life;
    std::error_code error;
    if (!fs::exists(eventsFile, error))
        return life;
    forEachJsonLine(readFile(eventsFile), [&](const JsonLine& line) {
        const nlohmann::json object = nlohmann::json::parse(line.text, nullptr, false);
        if (!object.is_object())
            return;
        const auto textOf = [&](const char* key) {
            const auto found = object.find(key);
            return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        const std::string event = textOf("event");
        if (event == "started" && life.started.empty())
            life.started = textOf("time");
        for (const char* state : {"started", "resumed", "finished", "stopped", "failed", "suspended"})
            if (event == state)
                life.last = event;
    });
    return life;
}

std::string stateOf(const RunFolder& run, const Life& life)
{
    if (life.last == "finished" || life.last == "stopped" || life.last == "failed")
        return life.last;
    if (run.isRunning())
        return "running";
    return life.last == "suspended" ? "paused" : "interrupted";
}

void readNumbers(const RunFolder& run, RunSummary& summary, MetricsHistory& history)
{
    std::error_code error;
    if (!fs::exists(run.metricsFile(), error))
        return;
    history = readMetrics(run.metricsFile());
    if (!history.steps.empty()) {
        summary.steps = history.steps.back().step;
        summary.lastLoss = history.steps.back().loss;
    }
    for (const EvalMetrics& eval : history.evals)
        if (std::isfinite(eval.loss) && (!summary.bestEvalLoss || eval.loss < *summary.bestEvalLoss)) {
            summary.bestEvalLoss = eval.loss;
            summary.bestStep = eval.step;
        }
}

} // namespace

RunReading readRun(const RunFolder& run)
{
    RunReading reading;
    RunSummary& summary = reading.summary;
    summary.path = run.path();
    summary.name = run.path().filename().string();
    // Each part by itself: what can be read is shown beside what cannot.
    const auto attempt = [&](const auto& read) {
        try {
            read();
        } catch (const Error& error) {
            if (summary.problem.empty())
                summary.problem = sentence(error.faults().front());
        }
    };
    Life life;
    attempt([&] { life = readLife(run.eventsFile()); });
    summary.state = stateOf(run, life);
    summary.started = life.started;
    attempt([&] {
        reading.recipe = loadRecipe(run.recipeFile()).recipe;
        summary.model = reading.recipe->model;
    });
    attempt([&] { readNumbers(run, summary, reading.history); });
    return reading;
}

RunSummary summarizeRun(const RunFolder& run) { return readRun(run).summary; }

std::vector<RunSummary> listRuns(const fs::path& folder)
{
    std::vector<RunSummary> runs;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    if (error)
        throw Error(error == std::errc::no_such_file_or_directory ? ErrorCode::fileMissing : ErrorCode::fileUnreadable,
            folder.string(),
            error == std::errc::no_such_file_or_directory ? "does not exist"
                                                          : "cannot be read (" + error.message() + ")",
            "name the folder that holds the runs' folders");
    for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        // Hidden folders are somebody's unfinished work.
        if (!entry->path().filename().string().starts_with('.')
            && fs::is_regular_file(entry->path() / "run.yaml", ignored))
            runs.push_back(summarizeRun(RunFolder::open(entry->path())));
    }
    // Newest first; names, which carry the time by default, decide where the log says nothing.
    std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
        return std::tie(a.started, a.name) > std::tie(b.started, b.name);
    });
    return runs;
}

} // namespace falconer
