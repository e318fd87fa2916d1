// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/run/sweep.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// One entry of a queue file: a recipe, changes to it, and a sweep over further keys.
struct QueueEntry {
    std::size_t number = 0; ///< 1-based
    std::filesystem::path recipe; ///< absolute
    std::vector<RecipeSetting> set;
    std::vector<SweepAxis> sweep; ///< empty: a single run
    std::optional<std::int64_t> samples; ///< nullopt: the whole grid
    std::uint64_t seed = 0;

    std::uint64_t runs() const;
};

struct QueueFile {
    std::filesystem::path path; ///< absolute
    std::vector<QueueEntry> entries;
};

/// The most runs that one queue may hold.
inline constexpr std::uint64_t kMostQueuedRuns = 10'000;

/// Reads a queue: a YAML list of {recipe: PATH, set: {key: value}, sweep: {key: [values]}, samples: N or null, seed:
/// S}. `set` and `sweep` take dotted keys, or sections with their keys inside. Paths are relative to the file's folder,
/// also those that `set` and `sweep` give to a recipe's keys. Throws fileMissing, fileUnreadable, or recipeInvalid with
/// every fault: unknown keys (the nearest is suggested), values of another kind, a key set twice, an empty sweep, more
/// samples than points.
QueueFile readQueueFile(const std::filesystem::path& file);

/// The same for text already in memory; `path` names it.
QueueFile parseQueueFile(const std::string& yaml, const std::filesystem::path& path);

} // namespace falconer
