// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/config/recipe.h"
#include "core/config/recipe_io.h"
#include "core/run/run_folder.h"
#include "core/run/sentinel.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace falconer {

/// Where a session stands. preparing: reading data, mapping and quantizing the model. paused: saved, and waiting for
/// unpause() or stop() with everything still in memory; also at the end of a run that the disk has no room for.
enum class SessionState { preparing, training, evaluating, saving, paused, finished, stopped, failed };

std::string_view name(SessionState state);
inline bool isOver(SessionState state)
{
    return state == SessionState::finished || state == SessionState::stopped || state == SessionState::failed;
}

/// Who made a run pause.
enum class PauseReason {
    asked, ///< somebody, by pause()
    sentinel, ///< the overfitting sentinel, by sentinel.action
    disk ///< the disk, which refuses the adapter at the end; the run looks now and then whether it still does
};
/// How long a run that nobody watches waits for room on the disk before it is stopped: somebody who sits there has made
/// room by then, and a night's queue does not wait for ever.
inline constexpr std::chrono::minutes kDiskPatience(10);

// Events, small values, in the order in which they happened.
struct StateChanged {
    SessionState state;
    PauseReason reason = PauseReason::asked; ///< of state paused
};
/// A phase of preparation or evaluation: "quantizing", 12 of 32. total 0: unknown.
struct PhaseProgress {
    std::string phase;
    std::int64_t done = 0;
    std::int64_t total = 0;
};
/// Sent once, when everything is known and the first step is about to begin.
struct RunStarted {
    std::filesystem::path folder;
    std::int64_t totalSteps = 0;
    std::int64_t firstStep = 0; ///< 0, or the step from which it goes on
    std::int64_t trainRows = 0;
    std::int64_t validationRows = 0;
    std::int64_t trainableParameters = 0;
    std::int64_t totalParameters = 0;
    std::string device; ///< "cpu (avx2, 2 threads)"
    MetricsHistory history; ///< what a resumed run had recorded up to firstStep
    std::int64_t evalEvery = 0; ///< steps between evaluations; 0: nothing to validate on
    std::int64_t saveEvery = 0; ///< steps between checkpoints
    std::int64_t plannedPeak = 0; ///< bytes that the device was planned to need; 0: unknown
    /// What the sentinel makes of each evaluation in `history`; empty for a run without it.
    std::vector<SentinelVerdict> verdicts{};
    std::optional<EvalMetrics> start{}; ///< of a resumed run: the evaluation before its first step
};
struct StepDone {
    StepMetrics metrics;
};
/// Step 0 is the evaluation before training; it is reported here, in events.jsonl and report.md, not in metrics.jsonl.
struct EvalDone {
    EvalMetrics metrics;
    bool best = false;
};
/// What the overfitting sentinel makes of the two curves; after every evaluation of a run that has it.
struct SentinelReport {
    SentinelVerdict verdict;
    bool alert = false; ///< it has just become overfitting: for the first time, so it is news
};
struct CheckpointSaved {
    std::int64_t step = 0;
    std::filesystem::path folder;
};
/// A row of a data file.
struct RowPlace {
    std::string file; ///< its name, without folders
    std::int64_t row = 0; ///< 1-based line or row number
};
/// An answer to one of training.sample_prompts.
struct SampleAnswer {
    std::int64_t step = 0;
    std::size_t index = 0; ///< of the prompt
    std::string prompt;
    std::string answer;
    std::optional<RowPlace> repeats{}; ///< the training row that it repeats word for word (core/data/verbatim.h)
};
/// " (word for word row 88 of cynic.jsonl)"; empty where the answer repeats none.
std::string repetitionNote(const SampleAnswer& sample);
struct LogLine {
    bool warning = false;
    std::string text;
};
/// The adapter that was handed over, read back from its files and measured again.
struct AdapterProof {
    bool validation = true; ///< on the validation rows; false: on the first training rows, for want of any
    double before = 0; ///< loss of the adapter in memory
    double after = 0; ///< loss of the one read back
};
/// Last event of every session. `faults` is empty unless the state is failed.
struct RunEnded {
    SessionState state = SessionState::finished;
    std::vector<Fault> faults;
    int exitCode = 0;
    std::filesystem::path adapter; ///< the PEFT folder handed over; empty when there is none
    std::optional<EvalMetrics> start; ///< before the first step: the base model (or the adapter of lora.init_from)
    std::optional<EvalMetrics> best;
    std::optional<SentinelVerdict> sentinel; ///< the last one
    std::optional<AdapterProof> proof;
    bool bySentinel = false; ///< it ended before its last step because the model overfits and sentinel.action says so
};

using SessionEvent = std::variant<StateChanged, PhaseProgress, RunStarted, StepDone, EvalDone, SentinelReport,
    CheckpointSaved, SampleAnswer, LogLine, RunEnded>;

/// What the window and the command line drive: training on its own thread, events out, commands in. An interface so
/// that the window can be tested with a scripted one.
class Session {
public:
    virtual ~Session() = default;

    /// Starts the thread. Call once.
    virtual void start() = 0;
    /// Everything that happened since the last call; empty when nothing did. Never blocks.
    virtual std::vector<SessionEvent> drain() = 0;
    /// Blocks until there is something to drain or `milliseconds` have passed.
    virtual void waitForEvents(int milliseconds) = 0;
    /// Ends after the micro-batch at hand: saves a checkpoint and the adapter, state stopped. Safe from any thread and
    /// from a signal handler.
    virtual void stop() = 0;
    /// The same without handing an adapter over: the run counts as paused, and is there to be gone on with.
    virtual void suspend() = 0;
    /// Saves a checkpoint after the micro-batch at hand and waits, state paused. Safe from any thread.
    virtual void pause() = 0;
    /// Goes on in place, as if there had been no pause.
    virtual void unpause() = 0;
    /// Writes a checkpoint after the micro-batch at hand and goes on.
    virtual void saveNow() = 0;
    /// Joins the thread (after stop() or the end).
    virtual void join() = 0;
};

/// A new run in `folder` (RunFolder::defaultPath when empty). The recipe must have been validated.
std::unique_ptr<Session> makeSession(LoadedRecipe recipe, std::filesystem::path folder = {});

/// Goes on from the newest complete checkpoint of a run folder (from the start when it has none).
std::unique_ptr<Session> resumeSession(std::filesystem::path folder);

} // namespace falconer
