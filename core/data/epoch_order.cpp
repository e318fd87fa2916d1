// SPDX-License-Identifier: Apache-2.0
#include "core/data/batches.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

namespace falconer {

// ATen's randperm_cpu (aten/src/ATen/native/TensorFactories.cpp) over CPUGeneratorImpl, a 32-bit Mersenne Twister that
// takes the low 32 bits of its 64-bit seed. std::mt19937 is that same engine.
std::vector<std::int64_t> epochOrder(std::int64_t n, std::uint64_t seed, std::int64_t epoch, bool shuffle)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    if (!shuffle)
        return order;

    std::mt19937 engine(static_cast<std::uint32_t>(seed + static_cast<std::uint64_t>(epoch)));
    if (n < std::numeric_limits<std::uint32_t>::max() / 20) {
        for (std::int64_t i = 0; i < n - 1; ++i)
            std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(i + engine() % (n - i))]);
        return order;
    }
    // From here on 32 bits would favour some rows, so ATen draws 64 (high half first) and walks the other way.
    for (std::int64_t i = 0; i < n; ++i) {
        const std::uint64_t high = engine();
        const std::uint64_t number = (high << 32) | engine();
        const auto z = static_cast<std::size_t>(number % static_cast<std::uint64_t>(i + 1));
        order[static_cast<std::size_t>(i)] = i;
        std::swap(order[static_cast<std::size_t>(i)], order[z]);
    }
    return order;
}

// transformers.trainer_pt_utils.get_length_grouped_indices.
std::vector<std::int64_t> groupedOrder(
    std::span<const std::int64_t> lengths, std::int64_t batchRows, std::uint64_t seed, std::int64_t epoch)
{
    const auto n = static_cast<std::int64_t>(lengths.size());
    const auto lengthOf = [&](std::int64_t row) { return lengths[static_cast<std::size_t>(row)]; };
    std::vector<std::int64_t> order = epochOrder(n, seed, epoch, /*shuffle=*/true);
    const std::int64_t size = std::clamp<std::int64_t>(n / (batchRows * 4), 1, 50) * batchRows;
    std::size_t longest = 0;
    for (std::int64_t first = 0; first < n; first += size) {
        const auto begin = order.begin() + first;
        std::stable_sort(begin, order.begin() + std::min(n, first + size),
            [&](std::int64_t left, std::int64_t right) { return lengthOf(left) > lengthOf(right); });
        if (lengthOf(*begin) > lengthOf(order[longest]))
            longest = static_cast<std::size_t>(first);
    }
    if (n > 0)
        std::swap(order.front(), order[longest]);
    return order;
}

} // namespace falconer
