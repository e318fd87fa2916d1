// SPDX-License-Identifier: Apache-2.0
#include "core/run/sentinel_words.h"

#include <fmt/format.h>

#include <cmath>

namespace falconer {

namespace {

/// 0.0283 -> "2.8 %"
std::string percent(double share) { return fmt::format("{:.1f} %", 100 * std::abs(share)); }

std::string evaluations(std::int64_t count) { return fmt::format("{} evaluation{}", count, count == 1 ? "" : "s"); }

/// "while training loss fell 12.0 %"
std::string meanwhile(const SentinelEvidence& evidence)
{
    constexpr double kNothing = 0.0005;
    if (!evidence.trainChange)
        return {};
    if (std::abs(*evidence.trainChange) < kNothing)
        return " while training loss stayed where it was";
    return fmt::format(
        " while training loss {} {}", *evidence.trainChange < 0 ? "fell" : "rose", percent(*evidence.trainChange));
}

std::string headline(const SentinelVerdict& verdict)
{
    const SentinelEvidence& evidence = verdict.evidence;
    if (evidence.nonFiniteStep)
        return fmt::format("Diverging: the loss of step {} is not a finite number.", *evidence.nonFiniteStep);
    if (evidence.divergence)
        return fmt::format("Diverging: validation loss rose {} since step {}{}, so this is not overfitting.",
            percent(evidence.rise.value_or(0)), *verdict.bestStep, meanwhile(evidence));
    switch (verdict.state) {
    case SentinelState::overfitting:
        return fmt::format("Overfitting: validation loss rose {} since step {}{}.", percent(evidence.rise.value_or(0)),
            *verdict.bestStep, meanwhile(evidence));
    case SentinelState::watch:
        return fmt::format("Watch: {} above the best, {} noise.", evaluations(evidence.evaluationsAbove),
            evidence.evalNoise && evidence.lastLoss && *evidence.lastLoss - *verdict.bestLoss > 3 * *evidence.evalNoise
                ? "not yet certainly beyond their"
                : "within their");
    case SentinelState::fine: break;
    }
    if (evidence.evaluations == 0)
        return "No evaluation yet.";
    if (evidence.evaluationsAbove == 0)
        return fmt::format("Validation loss is at its lowest after {}.", evaluations(evidence.evaluations));
    return fmt::format("{} above the best; too few to say.", evaluations(evidence.evaluationsAbove));
}

} // namespace

std::vector<std::string> sentences(const SentinelVerdict& verdict)
{
    const SentinelEvidence& evidence = verdict.evidence;
    std::vector<std::string> result{headline(verdict)};
    if (verdict.bestStep)
        result.push_back(
            fmt::format("The best evaluation is that of step {}: loss {:.4f}.", *verdict.bestStep, *verdict.bestLoss));
    if (evidence.lastStep && evidence.evaluationsAbove > 0)
        result.push_back(fmt::format("Step {} is {} above it, the last of {} in a row that were not better.",
            *evidence.lastStep, percent(evidence.rise.value_or(0)), evidence.evaluationsAbove));
    if (evidence.evalNoise && verdict.bestLoss && *verdict.bestLoss > 0)
        result.push_back(fmt::format("Between evaluations the loss varies by about {} without a trend.",
            percent(*evidence.evalNoise / *verdict.bestLoss)));
    if (evidence.restartStep)
        result.push_back(fmt::format("The learning rate was raised again at step {}.", *evidence.restartStep));
    if (verdict.alertStep)
        result.push_back(fmt::format("The first alert was at step {}.", *verdict.alertStep));
    return result;
}

} // namespace falconer
