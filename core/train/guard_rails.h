// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/config/recipe.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace falconer {

/// Notices a gradient norm far above what the run's newest steps had.
class GradientWatch {
public:
    /// The usual norm (a median) when `norm` is a spike against it, else nothing. A spike is remembered like any other
    /// norm: when large norms become usual, they are no longer news.
    std::optional<double> spike(double norm);

private:
    std::deque<double> m_norms;
};

/// What is known when a loss or a gradient stopped being a finite number.
struct NonFinite {
    std::int64_t step = 0; ///< the one that failed
    bool loss = true; ///< false: the loss is finite and the gradient is not
    std::string rows; ///< of the micro-batch at fault, "row 12 of train.jsonl"; empty when not known
    bool adapterBroken = false; ///< the adapter itself holds absurd numbers
    std::optional<std::int64_t> saved; ///< the checkpoint to go on from
};

/// The fault that ends the run: step, rows, likely cause and what to try.
Fault nonFiniteFault(const NonFinite& facts, const Recipe& recipe, const MetricsHistory& history);

/// Memory ran out. `suggestion`: the cheapest change that would have been enough, or empty where there is none.
Fault outOfMemoryFault(std::string suggestion, std::optional<std::int64_t> saved);

/// Whether an exception of LibTorch's says that memory ran out (on the CPU its text is all there is).
bool saysOutOfMemory(const std::exception& error);

} // namespace falconer
