// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// How worried the overfitting sentinel is.
enum class SentinelState {
    fine, ///< the validation loss falls, or too little is known
    watch, ///< above the best for a while but within the noise; or both losses rise, or a loss is not finite
    overfitting ///< the validation loss rose beyond its noise while the training loss did not
};

/// "fine", "watch", "overfitting": stable, for files and scripts.
std::string_view name(SentinelState state);

/// The numbers behind a verdict, from which the window makes its translated sentences. Losses are in nats per token.
/// Relative changes are shares (0.028 is 2.8 %). What cannot be known yet is null.
struct SentinelEvidence {
    std::int64_t evaluations = 0; ///< finite ones so far
    std::optional<std::int64_t> lastStep; ///< of the newest finite evaluation
    std::optional<double> lastLoss;
    std::int64_t evaluationsAbove = 0; ///< in a row, up to the newest, that were not better than the best by min_delta
    std::optional<double> rise; ///< of the newest validation loss above the best one, relative to that
    /// The same for the curve behind the noise, without what restarts lifted it by: its level over the newest
    /// evaluations above its lowest level.
    std::optional<double> trendRise;
    std::optional<double> evalNoise; ///< standard deviation of the validation loss around its trend
    std::optional<double> trainNoise; ///< of a single training loss around its trend
    /// Change of the training loss since the validation loss began to rise (or since the best evaluation), relative to
    /// its level then; negative when it fell.
    std::optional<double> trainChange;
    /// How many standard errors the evidence for a rise amounts to; alerts begin near 4.
    double score = 0;
    bool divergence = false; ///< both losses rise together, or one is not finite: the guard rails' business
    std::optional<std::int64_t> nonFiniteStep; ///< of the newest loss, when that is NaN or infinite
    std::optional<std::int64_t> restartStep; ///< of the newest restart of the learning rate
    std::vector<std::string> sentences; ///< the verdict in English, most important first
};

struct SentinelVerdict {
    SentinelState state = SentinelState::fine;
    std::optional<std::int64_t> bestStep; ///< the lowest validation loss: what best/ holds. Null before the first
    std::optional<double> bestLoss;
    /// The step of the evaluation at which the state first became overfitting; stays when the loss recovers.
    std::optional<std::int64_t> alertStep;
    SentinelEvidence evidence;
};

/// Watches the two curves of a run. Feed it what metrics.jsonl gets, in that order; a line is judged with what came
/// before it only, so a recorded run gets the verdicts that the live run got. An evaluation costs O(training losses
/// since the previous one) plus a bounded amount, and so does the memory, however long the run is.
///
/// The test, in short. The lowest validation loss of a noisy plateau is always below the others, so no single value is
/// compared with it, but means: of every earlier window and every one that ends with the newest evaluation, the pair
/// that differs most in standard errors. The noise is that around a smooth curve, as uncertain as the evaluations leave
/// it, and larger where it is alike from one evaluation to the next. An alert needs a difference far beyond what chance
/// makes of so many pairs, or somewhat beyond in two evaluations running; of at least 0.8 %; the newest evaluations all
/// above the lower window; `patience` evaluations since the best one (one more where the evidence is thin); and a
/// training loss that did not rise along. What a restart of the learning rate lifts the curve by is taken off first:
/// only rises within its cycles count, added up; the evaluation just after a restart is left out.
class Sentinel {
public:
    /// `patience` and `minDelta` are used; `enabled` and `action` are the caller's business.
    explicit Sentinel(const SentinelSettings& settings);
    ~Sentinel();
    Sentinel(Sentinel&&) noexcept;
    Sentinel& operator=(Sentinel&&) noexcept;

    /// Steps must not fall; a line of a step that was passed already is ignored. Needs step and loss, and uses the
    /// learning rate when it is finite.
    void add(const StepMetrics& metrics);
    /// Needs step and loss.
    void add(const EvalMetrics& metrics);

    /// After everything added so far.
    const SentinelVerdict& verdict() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The verdict on a whole recorded run: a Sentinel fed with it, by ascending step, training before evaluation. Where a
/// step occurs twice (a log of a resumed run that was not cut) its last line counts.
SentinelVerdict judge(const MetricsHistory& history, const SentinelSettings& settings);

} // namespace falconer
