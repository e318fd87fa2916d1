// SPDX-License-Identifier: Apache-2.0
#include "core/train/guard_rails.h"

#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <string_view>
#include <vector>

namespace falconer {

namespace {

constexpr std::size_t kNorms = 50; ///< newest norms that count as usual
constexpr std::size_t kFewest = 8; ///< before these nothing is usual yet
constexpr double kSpike = 5; ///< times the usual norm

/// The training loss rose well above its lowest value before the end: the rate drove the weights away.
bool lossWasRising(const MetricsHistory& history)
{
    constexpr std::size_t kSteps = 5;
    if (history.steps.size() < kSteps)
        return false;
    double lowest = history.steps.front().loss;
    for (const StepMetrics& step : history.steps)
        lowest = std::min(lowest, step.loss);
    double recent = 0;
    for (auto step = history.steps.end() - kSteps; step != history.steps.end(); ++step)
        recent += step->loss / kSteps;
    return recent > 1.3 * lowest;
}

} // namespace

std::optional<double> GradientWatch::spike(double norm)
{
    std::optional<double> usual;
    if (m_norms.size() >= kFewest) {
        std::vector<double> sorted(m_norms.begin(), m_norms.end());
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        if (norm > kSpike * *middle && *middle > 0)
            usual = *middle;
    }
    if (std::isfinite(norm))
        m_norms.push_back(norm);
    if (m_norms.size() > kNorms)
        m_norms.pop_front();
    return usual;
}

Fault nonFiniteFault(const NonFinite& facts, const Recipe& recipe, const MetricsHistory& history)
{
    Fault fault{ErrorCode::numericFailure, fmt::format("step {}", facts.step), {}, {}};
    fault.problem = facts.loss ? "the loss is no longer a finite number" : "the gradient is no longer a finite number";
    if (!facts.rows.empty())
        fault.problem += " (" + facts.rows + ")";
    std::string remedy;
    if (recipe.quantization.computeDtype == "float16") {
        fault.problem += "; float16 overflows beyond 65,504, which is the likely cause";
        remedy = "use compute_dtype: bfloat16 or float32";
    } else if (lossWasRising(history) || facts.adapterBroken) {
        fault.problem += "; the steps before it drove the weights away: the learning rate is the likely cause";
        remedy = fmt::format("try learning_rate: {:.2g} and a longer warm-up", recipe.training.learningRate / 4);
    } else if (recipe.training.maxGradNorm == 0) {
        fault.problem += "; nothing limits the gradient, which is the likely cause";
        remedy = "set training.max_grad_norm: 1";
    } else {
        fault.problem += "; the loss had been calm, so these rows are the likely cause";
        remedy = "look at the rows (falconer preview), or try compute_dtype: float32";
    }
    fault.fix = remedy;
    if (facts.saved)
        fault.fix += fmt::format("; checkpoint {} is intact and can start a new run with lora.init_from", *facts.saved);
    return fault;
}

Fault outOfMemoryFault(std::string suggestion, std::optional<std::int64_t> saved)
{
    Fault fault{ErrorCode::outOfMemory, "memory", "it ran out", std::move(suggestion)};
    if (fault.fix.empty())
        fault.fix = "close other programs, or use a smaller model";
    if (saved)
        fault.fix += fmt::format("; checkpoint {} is intact and can start a new run with lora.init_from", *saved);
    return fault;
}

bool saysOutOfMemory(const std::exception& error)
{
    if (dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const c10::OutOfMemoryError*>(&error))
        return true;
    const std::string_view text = error.what();
    return text.find("can't allocate memory") != std::string_view::npos
        || text.find("not enough memory") != std::string_view::npos
        || text.find("out of memory") != std::string_view::npos;
}

} // namespace falconer
