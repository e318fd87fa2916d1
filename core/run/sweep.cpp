// SPDX-License-Identifier: Apache-2.0
#include "core/run/sweep.h"

#include <algorithm>
#include <limits>
#include <random>
#include <unordered_map>

namespace falconer {

namespace {

/// A number below `bound`, the same on every machine (std::uniform_int_distribution may differ).
std::uint64_t drawBelow(std::mt19937_64& random, std::uint64_t bound)
{
    // 2^64 mod bound: below this the low numbers would come up once more often.
    const std::uint64_t uneven = (0 - bound) % bound;
    std::uint64_t value = random();
    while (value < uneven)
        value = random();
    return value % bound;
}

/// The first `count` numbers of a shuffle of 0 … size - 1 (Fisher and Yates), without holding the others.
std::vector<std::uint64_t> drawDifferent(std::uint64_t count, std::uint64_t size, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::unordered_map<std::uint64_t, std::uint64_t> moved; // places that do not hold their own number
    const auto at = [&](std::uint64_t place) {
        const auto found = moved.find(place);
        return found == moved.end() ? place : found->second;
    };
    std::vector<std::uint64_t> drawn;
    for (std::uint64_t i = 0; i < std::min(count, size); ++i) {
        const std::uint64_t other = i + drawBelow(random, size - i);
        drawn.push_back(at(other));
        moved[other] = at(i);
    }
    return drawn;
}

std::vector<RecipeSetting> pointAt(std::span<const SweepAxis> axes, std::uint64_t number)
{
    std::vector<RecipeSetting> point(axes.size());
    for (std::size_t i = axes.size(); i-- > 0;) {
        const std::uint64_t count = axes[i].values.size();
        point[i] = {axes[i].key, axes[i].values[number % count]};
        number /= count;
    }
    return point;
}

} // namespace

std::string text(const RecipeSetting& setting) { return setting.key + "=" + setting.yaml; }

std::uint64_t gridSize(std::span<const SweepAxis> axes)
{
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t size = 1;
    for (const SweepAxis& axis : axes) {
        const std::uint64_t count = axis.values.size();
        if (count == 0)
            return 0;
        size = size > kMost / count ? kMost : size * count;
    }
    return size;
}

std::vector<std::vector<RecipeSetting>> sweepPoints(
    std::span<const SweepAxis> axes, std::optional<std::int64_t> samples, std::uint64_t seed)
{
    const std::uint64_t size = gridSize(axes);
    std::vector<std::vector<RecipeSetting>> points;
    if (samples) {
        for (const std::uint64_t number :
            drawDifferent(static_cast<std::uint64_t>(std::max<std::int64_t>(*samples, 0)), size, seed))
            points.push_back(pointAt(axes, number));
        return points;
    }
    for (std::uint64_t number = 0; number < size; ++number)
        points.push_back(pointAt(axes, number));
    return points;
}

} // namespace falconer
