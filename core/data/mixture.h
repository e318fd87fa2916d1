// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace falconer {

/// Which rows an epoch goes through when files have weights: of a file of n rows with weight w, round(w * n) rows: all
/// of them as often as w is whole, and of the rest a share that the seed chooses, the same ones in every epoch. `rows`
/// are grouped by file: rows[f] those of file f; a file with any row keeps at least one.
std::vector<std::size_t> mixFiles(
    std::span<const std::vector<std::size_t>> rows, std::span<const double> weights, std::uint64_t seed);

} // namespace falconer
