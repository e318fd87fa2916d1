// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/optimizer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// Dynamic loss scaling for float16 (Micikevicius et al., arXiv 1710.03740), with torch.amp.GradScaler's rules and
/// defaults. A step of training: backward of loss * scale(); unscale(); clip; step only when all was finite; update().
/// As in Trainer, a skipped step counts as a step of the run but advances neither the optimizer nor the schedule: the
/// next learning rate is that of step - skipped().
class LossScaler {
public:
    /// What a checkpoint holds of it.
    struct State {
        double scale = 65536;
        std::int64_t finiteSteps = 0; ///< in a row, since the scale last changed
        std::int64_t skipped = 0; ///< updates skipped so far
        bool operator==(const State&) const = default;
    };
    static constexpr double kGrowth = 2;
    static constexpr double kBackoff = 0.5;
    static constexpr std::int64_t kGrowthInterval = 2000; ///< finite steps after which the scale grows

    LossScaler() = default;
    explicit LossScaler(const State& state)
        : m_state(state)
    {
    }

    double scale() const { return m_state.scale; }
    std::int64_t skipped() const { return m_state.skipped; }
    const State& state() const { return m_state; }

    /// Divides all gradients by the scale. False when one of them holds an infinity or NaN: skip the update then.
    bool unscale(const std::vector<TrainableTensor>& parameters) const;
    /// After the optimizer's step, or instead of it: grows the scale after kGrowthInterval finite steps in a row, backs
    /// off after one that was not.
    void update(bool finite);
    /// Whether the scale fell so low that not even tiny gradients are finite: the run cannot go on. GradScaler would
    /// skip every step from here on without a word.
    bool exhausted() const;

private:
    State m_state;
};

/// What a run should be told about its compute type, for a model of that many parameters; nothing for types other than
/// float16.
std::optional<std::string> precisionWarning(const std::string& computeDtype, std::int64_t parameters);

} // namespace falconer
