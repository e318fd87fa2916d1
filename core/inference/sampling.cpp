// SPDX-License-Identifier: Apache-2.0
#include "core/inference/sampling.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace falconer {

namespace {

constexpr float kRemoved = -std::numeric_limits<float>::infinity();
/// Below, only the likeliest token has a probability that matters, and logits divided by it overflow.
constexpr double kGreedyBelow = 1e-6;

/// As the reference computes; a conversion out of float's range is undefined.
float single(double value) { return static_cast<float>(std::min<double>(value, std::numeric_limits<float>::max())); }

void keepLikeliest(std::span<float> logits, std::int64_t count)
{
    if (count >= static_cast<std::int64_t>(logits.size()))
        return;
    std::vector<float> sorted(logits.begin(), logits.end());
    const auto last = sorted.begin() + (count - 1);
    std::nth_element(sorted.begin(), last, sorted.end(), std::greater<>());
    for (float& logit : logits)
        if (logit < *last)
            logit = kRemoved;
}

/// The reference removes from the bottom while the sum is at most 1 - share; that is to keep from the top while what
/// lies above is less than the share. A heap spares sorting the whole vocabulary.
void keepNucleus(std::span<float> logits, double share)
{
    using Candidate = std::pair<float, std::size_t>; // equal ones: the reference removes the first ones first
    std::vector<Candidate> heap;
    const float largest = *std::max_element(logits.begin(), logits.end());
    double total = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        if (logits[i] == kRemoved)
            continue;
        heap.emplace_back(logits[i], i);
        total += std::exp(static_cast<double>(logits[i]) - largest);
        logits[i] = kRemoved;
    }
    std::make_heap(heap.begin(), heap.end());
    double above = 0;
    while (!heap.empty() && (above == 0 || above < share * total)) {
        std::pop_heap(heap.begin(), heap.end());
        const auto [logit, index] = heap.back();
        heap.pop_back();
        logits[index] = logit;
        above += std::exp(static_cast<double>(logit) - largest);
    }
}

void keepAbove(std::span<float> logits, double share)
{
    const float largest = *std::max_element(logits.begin(), logits.end());
    for (float& logit : logits)
        if (std::exp(static_cast<double>(logit) - largest) < share)
            logit = kRemoved;
}

/// One token by its probability; `place` in [0, 1) is where on the line of all probabilities.
std::int32_t draw(std::span<const float> logits, double place)
{
    const float largest = *std::max_element(logits.begin(), logits.end());
    std::vector<std::pair<std::int32_t, double>> sums; // of the probabilities up to and with this token
    double total = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (logits[i] != kRemoved)
            sums.emplace_back(
                static_cast<std::int32_t>(i), total += std::exp(static_cast<double>(logits[i]) - largest));
    const auto found = std::upper_bound(sums.begin(), sums.end(), place * total,
        [](double wanted, const auto& entry) { return wanted < entry.second; });
    return found == sums.end() ? likeliest(logits) : found->first;
}

} // namespace

std::vector<Fault> faultsOf(const SamplingOptions& options)
{
    std::vector<Fault> faults;
    const auto check = [&](bool good, const char* name, const char* must, const char* fix) {
        if (!good)
            faults.push_back({ErrorCode::requestInvalid, name, must, fix});
    };
    // Written so that a NaN is wrong everywhere.
    check(options.temperature >= 0 && std::isfinite(options.temperature), "temperature",
        "must be a number of at least 0", "0 takes the likeliest token each time");
    check(options.topK >= 0, "top_k", "must be a whole number of at least 0", "0 turns it off");
    check(options.topP > 0 && options.topP <= 1, "top_p", "must be a number above 0 and at most 1", "1 turns it off");
    check(options.minP >= 0 && options.minP <= 1, "min_p", "must be a number of at least 0 and at most 1",
        "0 turns it off");
    check(options.repetitionPenalty > 0 && std::isfinite(options.repetitionPenalty), "repetition_penalty",
        "must be a number above 0", "1 turns it off, 1.1 is usual");
    return faults;
}

void penalizeRepetition(std::span<float> logits, std::span<const std::int32_t> context, double penalty)
{
    const float factor = single(penalty);
    std::vector<bool> seen(logits.size(), false);
    for (const std::int32_t id : context) {
        const auto index = static_cast<std::size_t>(id);
        if (id < 0 || index >= logits.size() || seen[index])
            continue;
        seen[index] = true;
        logits[index] = logits[index] < 0 ? logits[index] * factor : logits[index] / factor;
    }
}

void filterLogits(std::span<float> logits, const SamplingOptions& options)
{
    if (options.temperature != 1)
        for (float& logit : logits)
            logit /= single(options.temperature);
    if (options.topK > 0)
        keepLikeliest(logits, options.topK);
    if (options.topP < 1)
        keepNucleus(logits, options.topP);
    if (options.minP > 0)
        keepAbove(logits, options.minP);
}

std::int32_t likeliest(std::span<const float> logits)
{
    return static_cast<std::int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

std::int32_t Sampler::choose(std::span<float> logits, std::span<const std::int32_t> context)
{
    if (!std::all_of(logits.begin(), logits.end(), [](float logit) { return std::isfinite(logit); }))
        throw Error(ErrorCode::numericFailure, "the model's answer", "its logits are not finite numbers",
            "compute in float32 or bfloat16, or take the adapter off");
    if (m_options.repetitionPenalty != 1)
        penalizeRepetition(logits, context, m_options.repetitionPenalty);
    if (m_options.temperature < kGreedyBelow)
        return likeliest(logits);
    filterLogits(logits, m_options);
    // 53 bits of the generator, whose numbers the standard fixes; its distributions differ between libraries.
    return draw(logits, static_cast<double>(m_random() >> 11) * 0x1p-53);
}

} // namespace falconer
