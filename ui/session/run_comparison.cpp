// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_comparison.h"

#include "core/run/recipe_values.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

struct RunsCompared {
    Q_DECLARE_TR_FUNCTIONS(RunsCompared)
};

QString nameOf(const RunResult& result) { return QString::fromStdString(result.summary.name); }

bool varies(const SettingDifference& setting)
{
    return std::adjacent_find(setting.values.begin(), setting.values.end(), std::not_equal_to<>())
        != setting.values.end();
}

} // namespace

RunComparison loadComparison(const std::vector<fs::path>& runs)
{
    RunComparison comparison;
    for (const fs::path& path : runs) {
        try {
            const RunFolder run = RunFolder::open(path);
            RunReading reading = readRun(run);
            if (!reading.summary.problem.empty() || !reading.recipe) {
                comparison.problems << QString::fromStdString(reading.summary.problem);
                continue;
            }
            const std::vector<RecipeValue> values = recipeValues(*reading.recipe);
            if (comparison.settings.empty())
                for (const RecipeValue& value : values)
                    comparison.settings.push_back({value.key, {}});
            for (std::size_t i = 0; i < values.size(); ++i)
                comparison.settings[i].values.push_back(values[i].yaml);
            if (comparison.curves.size() < static_cast<std::size_t>(kMaxOverlayRuns))
                comparison.curves.push_back(
                    makeRunCurve(QString::fromStdString(reading.summary.name), reading.history));
            comparison.results.push_back(resultOf(run, std::move(reading)));
            comparison.paths.push_back(path);
        } catch (const Error& error) {
            comparison.problems << QString::fromUtf8(error.what());
        }
    }
    return comparison;
}

std::vector<SettingDifference> variedSettings(const RunComparison& comparison)
{
    std::vector<SettingDifference> varied;
    for (const SettingDifference& setting : comparison.settings)
        if (setting.key != "output" && varies(setting))
            varied.push_back(setting);
    return varied;
}

QString conclusion(const RunComparison& comparison)
{
    std::vector<const RunResult*> ranked;
    for (const RunResult& result : comparison.results)
        if (result.summary.bestEvalLoss && result.summary.bestStep)
            ranked.push_back(&result);
    if (ranked.size() < 2)
        return {};
    std::stable_sort(ranked.begin(), ranked.end(),
        [](const RunResult* a, const RunResult* b) { return *a->summary.bestEvalLoss < *b->summary.bestEvalLoss; });
    const RunSummary& best = ranked[0]->summary;
    const RunSummary& next = ranked[1]->summary;
    const std::int64_t more = *best.bestStep - *next.bestStep;
    const QString name = nameOf(*ranked[0]);
    const QString loss = lossText(*best.bestEvalLoss);
    QString text;
    if (lossText(*best.bestEvalLoss) == lossText(*next.bestEvalLoss))
        text = RunsCompared::tr("%1 and %2 reach the same validation loss, %3.").arg(name, nameOf(*ranked[1]), loss);
    else if (more > 0)
        text = RunsCompared::tr("%1 reaches the lowest validation loss, %2; it needs %n more step(s) than %3.", nullptr,
            static_cast<int>(more))
                   .arg(name, loss, nameOf(*ranked[1]));
    else
        text = RunsCompared::tr("%1 reaches the lowest validation loss, %2, at step %3.")
                   .arg(name, loss, countText(*best.bestStep));
    for (const RunResult& result : comparison.results)
        if (result.sentinel == SentinelState::overfitting && result.summary.bestStep)
            text += QLatin1Char(' ')
                + RunsCompared::tr("%1 overfits after step %2.")
                      .arg(nameOf(result), countText(*result.summary.bestStep));
    return text;
}

} // namespace falconer::ui
