// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/config/recipe.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

class Descriptor;

/// A line of metrics.jsonl for an optimizer step.
struct StepMetrics {
    std::int64_t step = 0;
    double epoch = 0;
    double loss = 0; ///< token-weighted mean over the whole accumulated batch, nats per token
    double gradNorm = 0; ///< global L2, before clipping
    double learningRate = 0; ///< the rate that this step used
    std::int64_t tokens = 0; ///< trained so far, without padding
    double tokensPerSecond = 0;
    double seconds = 0; ///< of training so far, without pauses
};

/// A line of metrics.jsonl for an evaluation.
struct EvalMetrics {
    std::int64_t step = 0;
    double loss = 0; ///< mean over all unmasked validation tokens
    double perplexity = 0;
    std::int64_t tokens = 0;
};

/// metrics.jsonl read back.
struct MetricsHistory {
    std::vector<StepMetrics> steps;
    std::vector<EvalMetrics> evals;
};

/// The folder that a run leaves behind; the layout is that of DESIGN.md.
class RunFolder {
public:
    /// Throws requestInvalid when a new run cannot be made in `folder`: it already holds one (naming `resume`), or
    /// cannot be made or written. Makes nothing.
    static void checkPlace(const std::filesystem::path& folder);
    /// Makes the folder, claims it and writes the frozen run.yaml. Throws as checkPlace(), and fileUnwritable or
    /// diskFull when run.yaml cannot be written; then nothing of a run stays behind.
    static RunFolder create(const std::filesystem::path& folder, const Recipe& recipe);
    /// Throws requestInvalid when the folder holds no run.
    static RunFolder open(const std::filesystem::path& folder);
    /// runs/<recipe name>-<UTC time> beside the recipe (with -2, -3 … when that exists), or the recipe's own `output`.
    static std::filesystem::path defaultPath(const Recipe& recipe);

    /// Marks the run as being trained for as long as this object or a copy of it lives: create() has done it, a resume
    /// must. Throws requestInvalid when another session has it. The mark is a lock, so it goes with a killed process.
    void claim();
    /// Whether some session, in this process or another, has claimed it.
    bool isRunning() const;

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path recipeFile() const { return m_path / "run.yaml"; }
    std::filesystem::path metricsFile() const { return m_path / "metrics.jsonl"; }
    std::filesystem::path eventsFile() const { return m_path / "events.jsonl"; }
    std::filesystem::path checkpoints() const { return m_path / "checkpoints"; }
    std::filesystem::path checkpoint(std::int64_t step) const;
    std::filesystem::path best() const { return m_path / "best"; }
    std::filesystem::path adapter() const { return m_path / "adapter"; }

    /// Steps of the checkpoints that are complete, ascending: those that an AtomicFolder has put under their name.
    std::vector<std::int64_t> checkpointSteps() const;
    /// Removes all checkpoints but the newest `keep` and that of step `best`.
    void retain(std::int64_t keep, std::optional<std::int64_t> best) const;

    /// One write() a line; numbers read back to the same value, and one that is not finite is written as null. A line
    /// that cannot be written whole (diskFull, fileUnwritable) is not there at all.
    void append(const StepMetrics& metrics) const;
    void append(const EvalMetrics& metrics) const;
    /// A state change, alert or warning: {"time","event","message"[, "step"][, "code"]}. listRuns() judges a run by the
    /// events "started", "resumed", "finished", "stopped" and "failed".
    void appendEvent(std::string_view event, std::string_view message, std::optional<std::int64_t> step = {},
        std::optional<ErrorCode> code = {}) const;
    /// Cuts metrics.jsonl back to lines with step <= `step` (atomically): what a resume does before going on.
    void cutMetrics(std::int64_t step) const;

private:
    explicit RunFolder(std::filesystem::path path);
    std::filesystem::path m_path;
    std::shared_ptr<const Descriptor> m_claim; ///< holds the lock
};

/// Throws fileMissing, or fileMalformed naming the line; an unfinished last line (a killed writer) and unknown keys are
/// ignored. Only `step` is needed: a line with `loss` is a step, one with `eval_loss` an evaluation, one may be both.
/// Numbers that are missing or null are NaN, counts 0, a missing perplexity exp(eval_loss).
MetricsHistory readMetrics(const std::filesystem::path& metricsFile);

/// One row of the table that `falconer runs` prints.
struct RunSummary {
    std::filesystem::path path;
    std::string name;
    std::string state; ///< running (claimed) | finished | stopped | failed | interrupted (no closing event)
    std::string model;
    std::int64_t steps = 0;
    std::optional<double> lastLoss;
    std::optional<double> bestEvalLoss;
    std::optional<std::int64_t> bestStep;
    std::string started; ///< UTC
    std::string problem; ///< why it cannot be read; empty when fine
};

/// Every run folder directly inside `folder`, newest first. A run that cannot be read is listed with its problem.
/// Throws fileMissing or fileUnreadable when `folder` itself is not there or cannot be read.
std::vector<RunSummary> listRuns(const std::filesystem::path& folder);

} // namespace falconer
