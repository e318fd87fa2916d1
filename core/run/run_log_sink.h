// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/run/run_logs.h"

namespace falconer {

/// One program's log of a run: what RunLogs fans out to. Any of these may throw falconer::Error, which closes this log.
class RunLogSink {
public:
    virtual ~RunLogSink() = default;
    virtual void step(const StepMetrics& metrics) = 0;
    virtual void eval(const EvalMetrics& metrics) = 0;
    virtual void sample(std::int64_t, std::size_t, const std::string&, const std::string&) { }
    virtual void checkpoint(std::int64_t, const std::filesystem::path&) { }
    virtual void finish(const RunOutcome&) { }
};

/// What every log is made from.
struct RunLogInput {
    const RunFolder& run;
    const Recipe& recipe;
    const RunFacts& facts;
    std::optional<std::int64_t> resumedFrom;
    RunLogs::Say say; ///< callable for as long as the sink lives

    std::filesystem::path folder() const { return run.path() / "logs"; }
    /// Whether something logged at `step` before the resume stays true: a run that begins again from its start also
    /// repeats the evaluation of step 0.
    bool keeps(std::int64_t step) const { return resumedFrom && *resumedFrom > 0 && step <= *resumedFrom; }
};

/// <run>/logs/events.out.tfevents.…
std::unique_ptr<RunLogSink> makeTensorBoardLog(const RunLogInput& input);
/// <run>/logs/wandb/offline-run-…; `wandb: online` also runs the user's own wandb program on it.
std::unique_ptr<RunLogSink> makeWandbLog(const RunLogInput& input);
/// <run>/logs/metrics.csv
std::unique_ptr<RunLogSink> makeCsvLog(const RunLogInput& input);

} // namespace falconer
