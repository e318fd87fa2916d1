// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_adapters.h"

#include "core/config/recipe_io.h"
#include "core/data/columns.h"
#include "core/data/row_reader.h"
#include "core/hub/local_models.h"
#include "core/run/run_folder.h"
#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <functional>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

struct RunAdaptersText {
    Q_DECLARE_TR_FUNCTIONS(RunAdapters)
};

/// What fails is noted, and what comes after is tried all the same.
void attempt(std::vector<Fault>& faults, const std::function<void()>& part)
{
    try {
        part();
    } catch (const Error& error) {
        faults.insert(faults.end(), error.faults().begin(), error.faults().end());
    } catch (const std::exception& error) {
        faults.push_back({ErrorCode::internal, "the run", error.what(), {}});
    }
}

/// Whether the first training row is a conversation. Where it cannot be read, the answer is only a starting point.
bool firstRowIsChat(const DataSettings& data, bool otherwise)
{
    try {
        const auto reader = openRows(data.train.at(0).path);
        Row row;
        if (!reader->next(row))
            return otherwise;
        const ColumnMap columns(data);
        return columns.content(row, columns.recognise(row, reader->name()).format, reader->name()).isConversation;
    } catch (const std::exception&) {
        return otherwise;
    }
}

void readModel(RunAdapters& result)
{
    attempt(result.faults, [&] {
        result.model = resolveModel(result.recipe.model);
        const auto tokenizer = loadTokenizerFor(result.model);
        if (const auto chat = findChatTemplate(result.recipe.data.templateName, *tokenizer)) {
            result.hasTemplate = true;
            result.templateName = toQString(chat->name());
            result.templateSource = toQString(chat->source());
        }
    });
}

std::optional<RunAdapter> adapterIn(const fs::path& folder, RunAdapter::Kind kind)
{
    std::error_code failed;
    if (!fs::is_regular_file(folder / "adapter_config.json", failed))
        return std::nullopt;
    const auto bytes = fs::file_size(folder / "adapter_model.safetensors", failed);
    if (failed)
        return std::nullopt;
    return RunAdapter{kind, std::nullopt, folder, std::nullopt, static_cast<std::int64_t>(bytes)};
}

void readAdapters(RunAdapters& result)
{
    const RunFolder run = RunFolder::open(result.run);
    MetricsHistory history;
    attempt(result.faults, [&] {
        std::error_code ignored;
        if (fs::exists(run.metricsFile(), ignored))
            history = readMetrics(run.metricsFile());
    });
    const EvalMetrics* best = nullptr;
    for (const EvalMetrics& eval : history.evals)
        if (std::isfinite(eval.loss) && (!best || eval.loss < best->loss))
            best = &eval;
    const auto add = [&](std::optional<RunAdapter> adapter, std::optional<std::int64_t> step) {
        if (!adapter)
            return;
        adapter->step = step;
        for (const EvalMetrics& eval : history.evals)
            if (step && eval.step == *step && std::isfinite(eval.loss))
                adapter->loss = eval.loss;
        result.adapters.push_back(std::move(*adapter));
    };
    std::optional<std::int64_t> bestStep;
    if (best)
        bestStep = best->step;
    std::optional<std::int64_t> handedOver = bestStep;
    if (!handedOver && !history.steps.empty())
        handedOver = history.steps.back().step;
    add(adapterIn(run.adapter(), RunAdapter::Kind::handedOver), handedOver);
    add(adapterIn(run.best(), RunAdapter::Kind::best), bestStep);
    std::vector<std::int64_t> steps = run.checkpointSteps();
    std::reverse(steps.begin(), steps.end());
    for (const std::int64_t step : steps)
        add(adapterIn(run.checkpoint(step), RunAdapter::Kind::checkpoint), step);
}

} // namespace

QString describe(const RunAdapter& adapter)
{
    QString text;
    switch (adapter.kind) {
    case RunAdapter::Kind::handedOver:
        text = !adapter.step ? RunAdaptersText::tr("Handed over")
            : adapter.loss   ? RunAdaptersText::tr("Handed over: best, step %1").arg(countText(*adapter.step))
                             : RunAdaptersText::tr("Handed over: last, step %1").arg(countText(*adapter.step));
        break;
    case RunAdapter::Kind::best:
        text = adapter.step ? RunAdaptersText::tr("Best so far, step %1").arg(countText(*adapter.step))
                            : RunAdaptersText::tr("Best so far");
        break;
    case RunAdapter::Kind::checkpoint:
        text = RunAdaptersText::tr("Checkpoint %1").arg(countText(adapter.step.value_or(0)));
        break;
    }
    return adapter.loss ? RunAdaptersText::tr("%1, loss %2").arg(text, lossText(*adapter.loss)) : text;
}

RunAdapters readRunAdapters(const fs::path& run)
{
    RunAdapters result;
    result.run = run;
    result.name = QString::fromStdString(run.filename().string());
    bool known = false;
    attempt(result.faults, [&] {
        result.recipe = loadRecipe(RunFolder::open(run).recipeFile()).recipe;
        known = true;
    });
    if (!known)
        return result;
    attempt(result.faults, [&] { readAdapters(result); });
    if (result.adapters.empty())
        result.faults.push_back({ErrorCode::fileMissing, run.string(), "this run has saved no adapter yet",
            "wait for its first checkpoint, or choose another run"});
    readModel(result);
    result.chat = result.hasTemplate && firstRowIsChat(result.recipe.data, true);
    return result;
}

RunAdapters readBaseModel(const Recipe& recipe)
{
    RunAdapters result;
    result.recipe = recipe;
    result.name = toQString(shortName(recipe.model));
    if (recipe.model.empty())
        result.faults.push_back(
            {ErrorCode::requestInvalid, "model", "the recipe names none yet", "choose one on the Model page"});
    else
        readModel(result);
    result.chat = result.hasTemplate;
    return result;
}

std::vector<fs::path> findRuns(const fs::path& root, const std::vector<fs::path>& others)
{
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    const auto consider = [&](const fs::path& folder) {
        std::error_code failed;
        if (folder.filename().string().starts_with('.') || !fs::is_regular_file(folder / "run.yaml", failed))
            return;
        const bool known = std::any_of(found.begin(), found.end(), [&](const auto& each) {
            std::error_code ignored;
            return fs::equivalent(each.second, folder, ignored);
        });
        // The log is written until a run's last moment.
        if (!known)
            found.emplace_back(fs::last_write_time(folder / "events.jsonl", failed), folder);
    };
    std::error_code failed;
    fs::directory_iterator entry(root, failed);
    for (const fs::directory_iterator end; !failed && entry != end; entry.increment(failed))
        consider(entry->path());
    for (const fs::path& folder : others)
        consider(folder);
    std::sort(found.begin(), found.end(), std::greater<>());
    std::vector<fs::path> runs;
    for (auto& [time, folder] : found)
        runs.push_back(std::move(folder));
    return runs;
}

} // namespace falconer::ui
