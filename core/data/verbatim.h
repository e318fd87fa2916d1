// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/sample_store.h"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace falconer {

/// Finds the training row that an answer repeats word for word, which is how a model shows that it has learned rows by
/// heart. Reads all samples once when it is made and takes 8 bytes for each stretch of learned tokens.
class VerbatimIndex {
public:
    /// A shorter answer is never counted: a label or a "yes" is the same by its nature.
    static constexpr std::size_t kLeastTokens = 8;

    /// `samples` must outlive the index and not grow. Throws fileUnreadable as SampleStore::at() does.
    explicit VerbatimIndex(const SampleStore& samples);

    /// The first sample of which a stretch of learned tokens is `answer`, up to two tokens that end it (an end token
    /// and a line break). With `cutOff`, when the answer ended at its length limit, any stretch that begins with it.
    std::optional<std::size_t> find(std::span<const std::int32_t> answer, bool cutOff) const;

private:
    const SampleStore& m_samples;
    /// Of the first kLeastTokens of each stretch of at least so many: their hash, and the sample. Sorted.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_starts;
};

} // namespace falconer
