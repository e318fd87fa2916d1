// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace falconer {

/// How the next token is chosen. The steps, their order and their borders are those of Transformers 5.23
/// (`_get_logits_processor` in generation/utils.py, logits_process.py): repetition penalty, temperature, top-k, top-p,
/// min-p.
struct SamplingOptions {
    double temperature = 0; ///< 0 (in effect below 1e-6): greedy; only the repetition penalty applies then
    std::int64_t topK = 0; ///< draw from the k likeliest tokens and those as likely as the last of them; 0: off
    double topP = 1; ///< nucleus sampling (Holtzman et al., arXiv 1904.09751); 1: off
    double minP = 0; ///< no token below this share of the likeliest one's probability (arXiv 2407.01082); 0: off
    double repetitionPenalty
        = 1; ///< of every token of the prompt and the answer (Keskar et al., arXiv 1909.05858); 1: off
};

/// Everything that is out of range, each with requestInvalid and the option's name ("top_p") as its subject.
std::vector<Fault> faultsOf(const SamplingOptions& options);

/// Each distinct token of `context` becomes less likely: its logit is divided by the penalty, or multiplied when
/// negative. Ids that `logits` does not have are passed over.
void penalizeRepetition(std::span<float> logits, std::span<const std::int32_t> context, double penalty);

/// Temperature (above 0), then top-k, top-p and min-p: what may not be drawn becomes -infinity. At least one token is
/// left.
void filterLogits(std::span<float> logits, const SamplingOptions& options);

/// The first of the largest logits.
std::int32_t likeliest(std::span<const float> logits);

/// Chooses the tokens of one sequence. It has a stream of random numbers of its own, so that what else is answered at
/// the same time does not matter; the stream depends on nothing but the seed.
class Sampler {
public:
    Sampler(const SamplingOptions& options, std::uint64_t seed)
        : m_options(options)
        , m_random(seed)
    {
    }

    /// The token after `context` (prompt and answer so far), out of its logits, which are changed. Throws
    /// numericFailure when one of them is not a finite number.
    std::int32_t choose(std::span<float> logits, std::span<const std::int32_t> context);

private:
    SamplingOptions m_options;
    std::mt19937_64 m_random;
};

} // namespace falconer
