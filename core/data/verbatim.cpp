// SPDX-License-Identifier: Apache-2.0
#include "core/data/verbatim.h"

#include <algorithm>

namespace falconer {

namespace {

constexpr std::size_t kMostEndTokens = 2;

using Ids = std::span<const std::int32_t>;

/// FNV-1a of the first tokens.
std::uint32_t hashOfStart(Ids ids)
{
    std::uint64_t hash = 14695981039346656037ULL;
    for (const std::int32_t id : ids.first(VerbatimIndex::kLeastTokens)) {
        hash ^= static_cast<std::uint32_t>(id);
        hash *= 1099511628211ULL;
    }
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

/// Calls `use` with each maximal stretch of learned tokens that is long enough to be told from others.
template <typename Use>
void forEachStretch(const Sample& sample, const Use& use)
{
    const auto end = sample.learn.end();
    for (auto at = sample.learn.begin(); at != end;) {
        const auto from = std::find(at, end, std::uint8_t{1});
        at = std::find(from, end, std::uint8_t{0});
        const auto count = static_cast<std::size_t>(at - from);
        if (count >= VerbatimIndex::kLeastTokens)
            use(Ids(sample.ids).subspan(static_cast<std::size_t>(from - sample.learn.begin()), count));
    }
}

} // namespace

VerbatimIndex::VerbatimIndex(const SampleStore& samples)
    : m_samples(samples)
{
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        if (m_samples.targetsAt(i) + 1 < static_cast<std::int64_t>(kLeastTokens))
            continue;
        forEachStretch(m_samples.at(i),
            [&](Ids stretch) { m_starts.emplace_back(hashOfStart(stretch), static_cast<std::uint32_t>(i)); });
    }
    std::sort(m_starts.begin(), m_starts.end());
}

std::optional<std::size_t> VerbatimIndex::find(Ids answer, bool cutOff) const
{
    if (answer.size() < kLeastTokens)
        return {};
    const std::uint32_t hash = hashOfStart(answer);
    const auto from = std::lower_bound(m_starts.begin(), m_starts.end(), std::pair(hash, std::uint32_t{0}));
    for (auto at = from; at != m_starts.end() && at->first == hash; ++at) {
        bool found = false;
        forEachStretch(m_samples.at(at->second), [&](Ids stretch) {
            found |= stretch.size() >= answer.size() && std::equal(answer.begin(), answer.end(), stretch.begin())
                && (cutOff || stretch.size() - answer.size() <= kMostEndTokens);
        });
        if (found)
            return at->second;
    }
    return {};
}

} // namespace falconer
