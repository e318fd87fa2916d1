// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_scan.h"
#include "ui/text/fault_text.h"

#include "core/hub/local_models.h"
#include "core/run/compare.h"
#include "core/run/run_notes.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

/// Rows are handed over in groups, so that 500 runs do not mean 500 updates of the table.
constexpr std::size_t kGroup = 16;

RunRow::State stateOf(const RunSummary& summary)
{
    if (!summary.problem.empty())
        return RunRow::State::unreadable;
    if (summary.state == "running")
        return RunRow::State::running;
    if (summary.state == "finished")
        return RunRow::State::finished;
    if (summary.state == "paused")
        return RunRow::State::suspended;
    if (summary.state == "stopped")
        return RunRow::State::stopped;
    return summary.state == "failed" ? RunRow::State::failed : RunRow::State::interrupted;
}

/// Every so manieth point, and always the lowest and the last.
QList<QPointF> thinned(const std::vector<EvalMetrics>& evals)
{
    QList<QPointF> all;
    for (const EvalMetrics& eval : evals)
        if (std::isfinite(eval.loss))
            all.append({static_cast<double>(eval.step), eval.loss});
    if (all.size() <= kSparklinePoints)
        return all;
    const auto best
        = std::min_element(all.begin(), all.end(), [](QPointF a, QPointF b) { return a.y() < b.y(); }) - all.begin();
    QList<QPointF> kept;
    for (qsizetype i = 0; i < kSparklinePoints; ++i) {
        const qsizetype at = i * (all.size() - 1) / (kSparklinePoints - 1);
        const qsizetype before = i == 0 ? -1 : (i - 1) * (all.size() - 1) / (kSparklinePoints - 1);
        if (best > before && best < at)
            kept.append(all[best]);
        kept.append(all[at]);
    }
    return kept;
}

bool isThere(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

/// Sizes and times of the files that a row is made from.
std::string stampOf(const fs::path& folder)
{
    std::string stamp;
    for (const char* name :
        {"run.yaml", "metrics.jsonl", "events.jsonl", "notes.json", "adapter", "best", "checkpoints"}) {
        std::error_code error;
        const fs::path file = folder / name;
        const auto time = fs::last_write_time(file, error);
        stamp += error ? "-" : std::to_string(time.time_since_epoch().count());
        const auto size = fs::is_regular_file(file, error) ? fs::file_size(file, error) : 0;
        stamp += ":" + std::to_string(error ? 0 : size) + " ";
    }
    return stamp;
}

void collect(const fs::path& root, bool nested, std::vector<fs::path>& runs)
{
    std::error_code error;
    fs::directory_iterator entry(root, error);
    for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (entry->path().filename().string().starts_with('.') || !entry->is_directory(ignored))
            continue;
        if (fs::is_regular_file(entry->path() / "run.yaml", ignored))
            runs.push_back(entry->path());
        else if (nested && fs::exists(entry->path() / "queue.json", ignored))
            collect(entry->path(), false, runs);
    }
}

std::vector<fs::path> foldersOf(const ScanRequest& request)
{
    std::vector<fs::path> found;
    for (const fs::path& root : request.roots)
        collect(root, true, found);
    std::error_code ignored;
    for (const fs::path& run : request.runs)
        if (fs::is_regular_file(run / "run.yaml", ignored))
            found.push_back(run);
    // One run, one row, whichever way led there.
    std::set<fs::path> seen;
    std::vector<std::pair<fs::file_time_type, fs::path>> dated;
    for (const fs::path& run : found) {
        fs::path whole = fs::absolute(run, ignored).lexically_normal();
        if (!whole.has_filename())
            whole = whole.parent_path();
        if (seen.insert(fs::weakly_canonical(whole, ignored)).second)
            dated.emplace_back(fs::last_write_time(whole / "run.yaml", ignored), whole);
    }
    std::sort(dated.begin(), dated.end(), std::greater<>());
    std::vector<fs::path> folders;
    for (auto& [time, run] : dated)
        folders.push_back(std::move(run));
    return folders;
}

} // namespace

RunRow readRunRow(const fs::path& folder)
{
    RunRow row;
    row.path = folder;
    row.name = QString::fromStdString(folder.filename().string());
    try {
        const RunFolder run = RunFolder::open(folder);
        const RunReading reading = readRun(run);
        const RunSummary& summary = reading.summary;
        row.state = stateOf(summary);
        row.problem = QString::fromStdString(summary.problem);
        row.bestLoss = summary.bestEvalLoss;
        row.bestStep = summary.bestStep;
        row.lastLoss = summary.lastLoss;
        row.steps = summary.steps;
        row.started = QDateTime::fromString(QString::fromStdString(summary.started), Qt::ISODate);
        if (const auto& recipe = reading.recipe) {
            const fs::path model = recipe->model;
            row.model = toQString(shortName((model.has_filename() ? model : model.parent_path()).string()));
            row.quantization = QString::fromStdString(recipe->quantization.type);
            row.rank = recipe->lora.rank;
            row.learningRate = recipe->training.learningRate;
        }
        if (!reading.history.steps.empty() && std::isfinite(reading.history.steps.back().seconds))
            row.seconds = reading.history.steps.back().seconds;
        row.curve = thinned(reading.history.evals);
        row.hasCheckpoint = !run.checkpointSteps().empty();
        row.hasAdapter = row.hasCheckpoint || isThere(run.adapter()) || isThere(run.best());
        try {
            const RunNotes notes = readRunNotes(folder);
            row.notes = QString::fromStdString(notes.notes);
            for (const std::string& tag : notes.tags)
                row.tags << QString::fromStdString(tag);
        } catch (const Error& error) {
            // The run itself is fine; only what was written about it is not.
            row.problem = row.problem.isEmpty() ? QString::fromUtf8(error.what()) : row.problem;
        }
    } catch (const std::exception& error) {
        row.state = RunRow::State::unreadable;
        row.problem = QString::fromUtf8(error.what());
    }
    return row;
}

void scanRuns(const ScanRequest& request, const ScanSink& sink)
{
    const std::vector<fs::path> folders = foldersOf(request);
    std::vector<RunRow> all;
    for (const fs::path& folder : folders) {
        RunRow row;
        row.path = folder;
        row.name = QString::fromStdString(folder.filename().string());
        all.push_back(std::move(row));
    }
    sink.list(std::move(all));

    std::vector<KnownRun> group;
    for (const fs::path& folder : folders) {
        if (sink.cancelled())
            return;
        const std::string stamp = stampOf(folder);
        const auto known = request.known.find(folder);
        // Whether a run still lives is no matter of its files.
        if (known != request.known.end() && known->second.stamp == stamp
            && known->second.row.state != RunRow::State::running
            && known->second.row.state != RunRow::State::interrupted)
            continue;
        group.push_back({stamp, readRunRow(folder)});
        if (group.size() == kGroup)
            sink.rows(std::exchange(group, {}));
    }
    if (!group.empty())
        sink.rows(std::move(group));
}

} // namespace falconer::ui
