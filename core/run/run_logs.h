// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/run/run_folder.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// What is known when a run's first step is about to begin.
struct RunFacts {
    std::int64_t totalSteps = 0;
    std::int64_t trainRows = 0;
    std::int64_t validationRows = 0;
    std::int64_t trainableParameters = 0;
    std::int64_t totalParameters = 0;
    std::string device;
};

/// What came of it.
struct RunOutcome {
    std::string state; ///< finished | stopped | failed
    int exitCode = 0;
    std::optional<StepMetrics> last;
    std::optional<EvalMetrics> start; ///< before the first step
    std::optional<EvalMetrics> best;
};

class RunLogSink;

/// The logs for other programs that a recipe's `logging` section asks for, all in <run>/logs: TensorBoard event files,
/// a Weights & Biases run, metrics.csv. The trainer calls it from its own thread, right after the same thing went to
/// metrics.jsonl. Nothing here throws and no failure ends a run: a log that cannot be written (a full disk) is closed
/// with one warning, the others go on.
class RunLogs {
public:
    /// `warning` false: a note.
    using Say = std::function<void(const std::string& text, bool warning)>;

    RunLogs(); ///< logs nothing
    ~RunLogs();
    RunLogs(RunLogs&&) noexcept;
    RunLogs& operator=(RunLogs&&) noexcept;

    /// Opens what `recipe.logging` names. `resumedFrom`: the step after which a resumed run goes on (0: from its
    /// start); what the logs say about later steps is cut or, in TensorBoard, marked as replaced. nullopt: a new run.
    void open(const RunFolder& run, const Recipe& recipe, const RunFacts& facts,
        std::optional<std::int64_t> resumedFrom, Say say);

    void step(const StepMetrics& metrics);
    /// Step 0 is the evaluation before training.
    void eval(const EvalMetrics& metrics);
    /// `index`: which of the recipe's sample_prompts.
    void sample(std::int64_t step, std::size_t index, const std::string& prompt, const std::string& answer);
    /// After checkpoint-N was written.
    void checkpoint(std::int64_t step, const std::filesystem::path& folder);
    /// Once, at the end of the session, however it ended; adapter/ and the checkpoints are in their
    /// places by then (W&B lists them as artifacts). With `wandb: online` this
    /// waits for the user's wandb program (at most some minutes). Nothing can be logged after it.
    void finish(const RunOutcome& outcome);

private:
    struct Entry {
        std::string name;
        std::unique_ptr<RunLogSink> sink;
    };

    /// False after a warning: what `work` was doing for the log `name` failed.
    bool attempt(const std::string& name, const std::function<void()>& work);
    void add(const std::string& name, const std::function<std::unique_ptr<RunLogSink>()>& make);
    void forEach(const std::function<void(RunLogSink&)>& call);

    std::vector<Entry> m_entries;
    Say m_say;
};

} // namespace falconer
