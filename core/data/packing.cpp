// SPDX-License-Identifier: Apache-2.0
#include "core/data/batches.h"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>

namespace falconer {

namespace {

constexpr std::size_t kRowsAtOnce = 1000; // TRL packs inside datasets.map, which hands it this many

/// Packs rows first .. first + lengths.size() - 1 behind what is in `packs`.
void packSome(std::span<const std::int64_t> lengths, std::int64_t first, std::int64_t maxLength, Packs& packs)
{
    std::vector<std::size_t> order(lengths.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t left, std::size_t right) { return lengths[left] > lengths[right]; });

    std::vector<std::vector<std::int64_t>> bins;
    std::map<std::int64_t, std::deque<std::size_t>> bySpace; // of bins with room; among equals the oldest first
    for (const std::size_t row : order) {
        const auto fullest = bySpace.lower_bound(lengths[row]);
        std::size_t bin = bins.size();
        std::int64_t space = maxLength;
        if (fullest == bySpace.end()) {
            bins.emplace_back();
        } else {
            space = fullest->first;
            bin = fullest->second.front();
            fullest->second.pop_front();
            if (fullest->second.empty())
                bySpace.erase(fullest);
        }
        bins[bin].push_back(first + static_cast<std::int64_t>(row));
        if (space > lengths[row])
            bySpace[space - lengths[row]].push_back(bin);
    }
    for (const std::vector<std::int64_t>& bin : bins) {
        packs.members.insert(packs.members.end(), bin.begin(), bin.end());
        packs.starts.push_back(static_cast<std::int64_t>(packs.members.size()));
    }
}

} // namespace

Packs packByLength(std::span<const std::int64_t> lengths, std::int64_t maxLength)
{
    Packs packs{{0}, {}};
    for (std::size_t first = 0; first < lengths.size(); first += kRowsAtOnce)
        packSome(lengths.subspan(first, std::min(kRowsAtOnce, lengths.size() - first)),
            static_cast<std::int64_t>(first), maxLength, packs);
    return packs;
}

Packs oneEach(std::int64_t samples)
{
    Packs packs;
    packs.starts.resize(static_cast<std::size_t>(samples) + 1);
    packs.members.resize(static_cast<std::size_t>(samples));
    std::iota(packs.starts.begin(), packs.starts.end(), std::int64_t{0});
    std::iota(packs.members.begin(), packs.members.end(), std::int64_t{0});
    return packs;
}

} // namespace falconer
