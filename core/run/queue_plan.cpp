// SPDX-License-Identifier: Apache-2.0
#include "core/run/queue_plan.h"

#include "core/base/files.h"
#include "core/run/compare.h"
#include "core/run/queue_state.h"
#include "core/run/recipe_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

constexpr std::string_view kSetPrefix = "--set ";

std::string settingsText(const std::vector<RecipeSetting>& settings)
{
    std::string all;
    for (const RecipeSetting& setting : settings)
        all += (all.empty() ? "" : ", ") + text(setting);
    return all;
}

std::vector<std::string> overridesOf(const QueuedRun& run)
{
    std::vector<std::string> overrides;
    for (const RecipeSetting& setting : run.settings)
        overrides.push_back(text(setting));
    return overrides;
}

/// The first keys that two versions of a recipe do not agree on, for a message; empty when they do. A key that one of
/// them does not have is a matter of Falconer's versions.
std::string disagreement(const std::map<std::string, std::string>& before, const Recipe& now)
{
    std::string words;
    int count = 0;
    for (const RecipeValue& value : recipeValues(now)) {
        const auto found = before.find(value.key);
        if (found == before.end() || found->second == value.yaml || value.key == "output")
            continue;
        if (++count <= 3)
            words += fmt::format(
                "{}{} was {} and is {} now", words.empty() ? "" : ", ", value.key, found->second, value.yaml);
    }
    return count > 3 ? words + fmt::format(", and {} more", count - 3) : words;
}

class Planner {
public:
    Planner(const QueueFile& queue, const fs::path& output)
        : m_queue(queue)
    {
        m_plan.file = queue.path;
        m_plan.output = output;
    }

    QueuePlan plan()
    {
        const QueueState state = QueueState::load(m_plan.output);
        for (const QueueEntry& entry : m_queue.entries) {
            m_said.clear();
            const auto points = sweepPoints(entry.sweep, entry.samples, entry.seed);
            for (std::size_t point = 0; point < points.size(); ++point)
                add(entry, points[point], point + 1);
        }
        findSharedFolders();
        for (QueuedRun& run : m_plan.runs)
            run.action = actionFor(run, state.find(run.name));
        if (!m_faults.empty())
            throw Error(std::move(m_faults));
        return std::move(m_plan);
    }

private:
    std::string labelOf(const QueueEntry& entry, const std::string& settings = {}) const
    {
        return fmt::format("{}, entry {}{}", m_queue.path.filename().string(), entry.number,
            settings.empty() ? "" : " (" + settings + ")");
    }

    void fault(const QueuedRun& run, std::string problem, std::string fix)
    {
        m_faults.push_back({ErrorCode::requestInvalid, run.label, std::move(problem), std::move(fix)});
    }

    void add(const QueueEntry& entry, const std::vector<RecipeSetting>& point, std::size_t number)
    {
        QueuedRun run;
        run.entry = entry.number;
        run.settings = entry.set;
        run.settings.insert(run.settings.end(), point.begin(), point.end());
        run.label = labelOf(entry, settingsText(point));
        run.name = fmt::format("{:02}-{}", entry.number, entry.recipe.stem().string());
        if (!entry.sweep.empty())
            run.name += fmt::format("-{:03}", number);
        try {
            run.recipe = loadRecipe(entry.recipe, overridesOf(run));
        } catch (const Error& error) {
            for (Fault fault : error.faults()) {
                // The recipe's own faults are the same at every point of a sweep: once is enough.
                if (!m_said.insert(sentence(fault)).second)
                    continue;
                if (fault.subject.starts_with(kSetPrefix))
                    fault.subject.erase(0, kSetPrefix.size());
                fault.subject = labelOf(entry) + ", " + fault.subject;
                m_faults.push_back(std::move(fault));
            }
            return;
        }
        const Recipe& recipe = run.recipe.recipe;
        run.folder = recipe.output ? RunFolder::defaultPath(recipe) : m_plan.output / run.name;
        m_plan.runs.push_back(std::move(run));
    }

    void findSharedFolders()
    {
        std::map<fs::path, const QueuedRun*> owners;
        for (const QueuedRun& run : m_plan.runs) {
            const auto [owner, isFirst] = owners.emplace(run.folder, &run);
            if (!isFirst)
                fault(run, fmt::format("has the same output as {}: {}", owner->second->label, run.folder.string()),
                    "leave output out of the recipe, or set another one in each entry");
        }
    }

    QueueAction actionFor(const QueuedRun& queued, const QueueRecord* record)
    {
        std::error_code ignored;
        if (!fs::exists(queued.folder / "run.yaml", ignored) && !fs::exists(queued.folder / "metrics.jsonl", ignored))
            return QueueAction::start;
        if (!record || fs::path(record->folder) != queued.folder) {
            fault(queued,
                "would write to " + queued.folder.string() + ", which holds a run that this queue did not start",
                "choose another folder with --output");
            return QueueAction::skip;
        }
        if (const std::string words = disagreement(record->recipe, queued.recipe.recipe); !words.empty()) {
            fault(queued, "was begun in " + queued.folder.string() + " with other settings: " + words,
                "put them back, or choose another folder with --output");
            return QueueAction::skip;
        }
        const std::string state = summarizeRun(RunFolder::open(queued.folder)).state;
        if (state == "finished")
            return QueueAction::skip;
        if (state == "running")
            fault(queued, "is being trained by another process, in " + queued.folder.string(),
                "wait for it to end, or stop it first");
        return QueueAction::resume;
    }

    const QueueFile& m_queue;
    QueuePlan m_plan;
    std::vector<Fault> m_faults;
    std::set<std::string> m_said; ///< faults of the entry at hand
};

} // namespace

fs::path defaultQueueOutput(const QueueFile& queue) { return queue.path.parent_path() / "runs" / queue.path.stem(); }

QueuePlan planQueue(const QueueFile& queue, const fs::path& output)
{
    return Planner(queue, expandPath(output.string(), fs::current_path()).lexically_normal()).plan();
}

} // namespace falconer
