// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/runs_model.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace falconer::ui {

/// A run read before, and what its files looked like then: it is not read again while they look the same.
struct KnownRun {
    std::string stamp;
    RunRow row;
};

struct ScanRequest {
    std::vector<std::filesystem::path> roots; ///< folders that hold runs; those in a queue's folder count too
    std::vector<std::filesystem::path> runs; ///< runs that lie elsewhere
    std::map<std::filesystem::path, KnownRun> known;
};

/// Where the worker hands rows over. `all` first, once; then rows as they are read.
struct ScanSink {
    std::function<void(std::vector<RunRow> all)> list;
    std::function<void(std::vector<KnownRun> read)> rows;
    std::function<bool()> cancelled;
};

/// One run's row, with every number; never throws: what cannot be read is its problem.
RunRow readRunRow(const std::filesystem::path& folder);

/// Lists the runs, newest first, then reads those that are new or have changed, a few at a time. Reads files: call it
/// in a worker.
void scanRuns(const ScanRequest& request, const ScanSink& sink);

/// At most so many points make a sparkline.
inline constexpr int kSparklinePoints = 60;

} // namespace falconer::ui
