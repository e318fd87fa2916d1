// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/session.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace falconer {

/// Memory by tensor class, planned before the run, and the peak that was measured.
struct ReportMemory {
    std::vector<std::pair<std::string, std::int64_t>> planned; ///< class and bytes
    std::optional<std::int64_t> plannedPeak; ///< bytes
    std::optional<std::int64_t> measuredPeak; ///< bytes
};

/// Everything that report.md is made of; what is left empty is not in it.
struct ReportInput {
    const Recipe& recipe;
    const RunStarted& started;
    const RunEnded& ended;
    const MetricsHistory& history; ///< of the whole run
    std::vector<SampleAnswer> samples; ///< all of them; the first and the last answer to each prompt are shown
    std::optional<ReportMemory> memory;
};

/// report.md of a run: what came of it, both curves' end points, the sentinel's verdict, memory, samples, the proof of
/// the adapter, how to load it, the settings, and where all this ran.
std::string runReport(const ReportInput& input);

/// Name and value of what a run depends on beside its recipe: Falconer's LibTorch, the processor, its memory, the
/// system.
std::vector<std::pair<std::string, std::string>> runEnvironment();

} // namespace falconer
