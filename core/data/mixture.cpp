// SPDX-License-Identifier: Apache-2.0
#include "core/data/mixture.h"

#include "core/data/split.h"

#include <algorithm>
#include <cmath>

namespace falconer {

std::vector<std::size_t> mixFiles(
    std::span<const std::vector<std::size_t>> rows, std::span<const double> weights, std::uint64_t seed)
{
    std::vector<std::size_t> mixed;
    for (std::size_t file = 0; file < rows.size(); ++file) {
        const std::vector<std::size_t>& own = rows[file];
        if (own.empty())
            continue;
        auto wanted
            = static_cast<std::size_t>(std::max(1LL, std::llround(weights[file] * static_cast<double>(own.size()))));
        for (; wanted >= own.size(); wanted -= own.size())
            mixed.insert(mixed.end(), own.begin(), own.end());
        // Each file draws for itself, so that a file that is added or left out changes nothing about the others.
        std::vector<std::size_t> chosen = shuffledOrder(own.size(), seed + file);
        chosen.resize(wanted);
        std::ranges::sort(chosen);
        for (const std::size_t i : chosen)
            mixed.push_back(own[i]);
    }
    return mixed;
}

} // namespace falconer
