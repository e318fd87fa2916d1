// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/run/run_folder.h"
#include "core/run/sentinel.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace falconer {

/// A run's summary and what it was made from, so that whoever shows both reads the files once.
struct RunReading {
    RunSummary summary; ///< parts that cannot be read are named in `problem`
    std::optional<Recipe> recipe; ///< nullopt when run.yaml cannot be read
    MetricsHistory history; ///< empty when metrics.jsonl is not there or cannot be read
};
RunReading readRun(const RunFolder& run);

/// What `falconer runs` says of one run. Parts that cannot be read are named in `problem`.
RunSummary summarizeRun(const RunFolder& run);

/// A run as a comparison shows it.
struct RunResult {
    RunSummary summary;
    std::optional<double> seconds; ///< of training, without pauses
    std::optional<std::int64_t> tokens; ///< trained, without padding
    std::optional<double> tokensPerSecond; ///< over the whole run
    std::optional<std::int64_t> trainableParameters; ///< elements of the adapter that it handed over, or keeps as best
    std::optional<SentinelState> sentinel; ///< the verdict on its curves; nullopt when the recipe turns it off
};

/// The same from a reading whose recipe could be read. Throws nothing of its own: what an adapter lacks is left out.
RunResult resultOf(const RunFolder& run, RunReading reading);

/// A key that is not the same in all runs, defaults resolved.
struct SettingDifference {
    std::string key; ///< dotted
    std::vector<std::string> values; ///< one a run, as YAML
};

struct Comparison {
    std::vector<RunResult> runs; ///< in the order asked for
    std::vector<SettingDifference> settings; ///< in the order of run.yaml
};

/// Two or more runs side by side. Throws one Error with a fault for each folder that holds no run or whose run.yaml or
/// metrics.jsonl cannot be read, and requestInvalid for fewer than two folders or one named twice.
Comparison compareRuns(std::span<const std::filesystem::path> folders);

} // namespace falconer
