// SPDX-License-Identifier: Apache-2.0
#include "core/train/queue.h"

#include "core/base/files.h"
#include "core/data/preview.h"
#include "core/ops/device.h"
#include "core/run/compare.h"
#include "core/run/queue_state.h"
#include "core/train/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

/// Looks at what each run needs, remembering what it has seen: the points of a sweep share most of it.
class Preflight {
public:
    Preflight(const QueuePlan& plan, const Progress& progress)
        : m_progress(progress)
        , m_label(plan.file.string())
    {
        attempt("", [&] { requireWritable(plan.output); });
    }

    void check(const QueuedRun& run)
    {
        const Recipe& recipe = run.recipe.recipe;
        m_label = run.label;
        attempt("device " + recipe.device, [&] { chooseDevice(recipe.device); });
        if (run.action == QueueAction::start)
            attempt("", [&] { RunFolder::checkPlace(run.folder); });
        const ModelFiles& model = modelOf(recipe.model);
        FaultList adapter;
        checkAdapter(run.recipe, model, adapter);
        attempt("", [&] { adapter.check(); });
        checkData(recipe, model);
    }

    std::vector<Fault> takeFaults() { return std::move(m_faults); }

private:
    /// What is the matter with a thing that several runs share is said for the first of them only (`shared` not empty).
    void attempt(const std::string& shared, const std::function<void()>& look)
    {
        try {
            look();
        } catch (const Error& error) {
            if (error.code() == ErrorCode::cancelled)
                throw;
            for (Fault fault : error.faults()) {
                if (!shared.empty() && !m_said.insert(shared + sentence(fault)).second)
                    continue;
                fault.subject = m_label + ", " + fault.subject;
                m_faults.push_back(std::move(fault));
            }
        }
    }

    const ModelFiles& modelOf(const std::string& name)
    {
        const auto [place, isNew] = m_models.try_emplace(name);
        if (isNew) {
            FaultList faults;
            place->second = openModelFiles(name, faults);
            attempt("model " + name, [&] { faults.check(); });
        }
        return place->second;
    }

    void checkData(const Recipe& recipe, const ModelFiles& model)
    {
        const auto seen = std::find_if(m_data.begin(), m_data.end(), [&](const SeenData& data) {
            return data.model == recipe.model && data.settings == recipe.data && data.seed == recipe.training.seed;
        });
        if (seen != m_data.end())
            return;
        m_data.push_back({recipe.model, recipe.data, recipe.training.seed});
        attempt("data", [&] {
            FaultList faults;
            if (model.tokenizer)
                faults.add(previewDataset(recipe.data, recipe.training.seed, *model.tokenizer, 0, m_progress).refusals);
            else
                faults.add(firstRowFaults(recipe.data));
            faults.check();
        });
    }

    struct SeenData {
        std::string model;
        DataSettings settings;
        std::uint64_t seed = 0;
    };

    const Progress& m_progress;
    std::string m_label;
    std::map<std::string, ModelFiles> m_models;
    std::vector<SeenData> m_data;
    std::set<std::string> m_said;
    std::vector<Fault> m_faults;
};

std::string messageOf(const std::vector<Fault>& faults)
{
    std::string message;
    for (const Fault& fault : faults)
        message += (message.empty() ? "" : " ") + sentence(fault);
    return message;
}

std::unique_ptr<Session> sessionFor(const QueuedRun& run)
{
    if (run.action == QueueAction::resume)
        return resumeSession(run.folder);
    // A kill between the making of a run's folder and its run.yaml leaves an empty folder, which would pass for a run.
    std::error_code ignored;
    if (!fs::exists(run.folder / "run.yaml", ignored))
        fs::remove(run.folder / "checkpoints", ignored); // only when it is empty
    return makeSession(run.recipe, run.folder);
}

RunSummary summaryOf(const fs::path& folder)
{
    std::error_code ignored;
    return fs::exists(folder / "run.yaml", ignored) ? summarizeRun(RunFolder::open(folder)) : RunSummary();
}

} // namespace

std::vector<Fault> checkQueue(const QueuePlan& plan, const Progress& progress)
{
    Preflight preflight(plan, progress);
    for (const QueuedRun& run : plan.runs)
        if (run.action != QueueAction::skip)
            preflight.check(run);
    return preflight.takeFaults();
}

QueueOutcome runQueue(const QueuePlan& plan, const DriveSession& drive)
{
    const QueueClaim claim(plan.output);
    QueueState state = QueueState::load(plan.output);
    state.take(plan);
    state.save();
    QueueOutcome outcome;
    for (std::size_t i = 0; i < plan.runs.size(); ++i) {
        const QueuedRun& run = plan.runs[i];
        QueueResult result;
        if (run.action == QueueAction::skip) {
            result.state = "finished";
            result.skipped = true;
        } else if (outcome.interrupted) {
            result.state = "waiting";
        } else {
            state.set(run.name, "running");
            state.save();
            const std::unique_ptr<Session> session = sessionFor(run);
            const QueueStep step = drive(*session, run, i);
            // Saved and given up by the user, and not by its own sentinel.
            result.state
                = step.goOn || step.ended.exitCode != 130 ? std::string(name(step.ended.state)) : "interrupted";
            result.faults = step.ended.faults;
            outcome.interrupted = !step.goOn;
            state.set(run.name, result.state, messageOf(result.faults));
            state.save();
        }
        result.summary = summaryOf(run.folder);
        outcome.results.push_back(std::move(result));
    }
    return outcome;
}

std::size_t QueueOutcome::count(std::string_view state) const
{
    return static_cast<std::size_t>(std::count_if(
        results.begin(), results.end(), [&](const QueueResult& result) { return result.state == state; }));
}

int QueueOutcome::exitCode() const
{
    if (interrupted)
        return 130;
    return count("failed") > 0 ? 1 : 0;
}

std::vector<std::size_t> rankedByLoss(const QueueOutcome& outcome)
{
    std::vector<std::size_t> order(outcome.results.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto& left = outcome.results[a].summary.bestEvalLoss;
        const auto& right = outcome.results[b].summary.bestEvalLoss;
        return left && (!right || *left < *right);
    });
    return order;
}

} // namespace falconer
