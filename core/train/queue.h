// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/run/queue_plan.h"
#include "core/train/session.h"

#include <functional>
#include <string>
#include <vector>

namespace falconer {

/// The preflight beyond the recipes themselves: that the runs' folders can be made, that each run's device and model
/// are there, that the adapter fits the model, and that the data, read whole with the model's tokenizer, leaves
/// something to train on. Runs that are
/// finished are passed over; what several runs share is looked at once. Returns every fault of every run. Throws
/// cancelled.
std::vector<Fault> checkQueue(const QueuePlan& plan, const Progress& progress = {});

/// How one session of a queue went.
struct QueueStep {
    RunEnded ended;
    bool goOn = true; ///< false: the queue ends here (the user asked to stop)
};

/// Runs a session to its end, showing it as the caller likes: start(), drain() until RunEnded, join().
using DriveSession = std::function<QueueStep(Session& session, const QueuedRun& run, std::size_t index)>;

/// What became of a run of the queue.
struct QueueResult {
    std::string
        state; ///< finished | stopped (by the sentinel) | failed | interrupted | waiting (its turn did not come)
    bool skipped = false; ///< it was finished before
    std::vector<Fault> faults;
    RunSummary summary; ///< empty where there is no run folder
};

struct QueueOutcome {
    std::vector<QueueResult> results; ///< one for each of the plan's runs
    bool interrupted = false;

    std::size_t count(std::string_view state) const;
    /// 0, 1 when a run failed, 130 when interrupted.
    int exitCode() const;
};

/// Runs what the plan has left, one after the other, and goes on past a failure; queue.json always says where each
/// stands, so that a killed queue can be run again. Throws requestInvalid when another session runs it, fileUnwritable
/// or diskFull when queue.json cannot be written; the runs that ended by then are safe.
QueueOutcome runQueue(const QueuePlan& plan, const DriveSession& drive);

/// Indices of the results by best validation loss, the lowest first; those without one last, in the order of the plan.
std::vector<std::size_t> rankedByLoss(const QueueOutcome& outcome);

} // namespace falconer
