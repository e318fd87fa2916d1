// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace falconer {

/// One key of a recipe and the YAML of its value: what --set says.
struct RecipeSetting {
    std::string key; ///< dotted
    std::string yaml; ///< on one line
    bool operator==(const RecipeSetting&) const = default;
};

/// "lora.rank=8".
std::string text(const RecipeSetting& setting);

/// A key of a sweep and the values that it takes, as YAML.
struct SweepAxis {
    std::string key;
    std::vector<std::string> values;
};

/// The number of points of the grid; the largest std::uint64_t when it is more than that. 1 without axes.
std::uint64_t gridSize(std::span<const SweepAxis> axes);

/// The points of a sweep: without `samples` the whole grid, the last axis fastest; else that many different points (at
/// most gridSize) in an order that depends on `seed` alone, so that more samples only add points at the end.
std::vector<std::vector<RecipeSetting>> sweepPoints(
    std::span<const SweepAxis> axes, std::optional<std::int64_t> samples, std::uint64_t seed);

} // namespace falconer
