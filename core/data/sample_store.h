// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/sample.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace falconer {

/// Samples by index, more of them than memory holds: ids and masks stay in memory up to a limit, and what comes after
/// goes to a temporary file that has no name any more, so nothing is left behind however the process ends. Any order of
/// reading is allowed, which is what makes full shuffling and an exactly resumable cursor possible. Some 32 bytes a
/// sample always stay in memory. A copy and a selection share the ids with the store that they come from. Reading is
/// safe from several threads while nobody appends.
class SampleStore {
public:
    /// The limit of ids and masks in memory, in bytes: 256 MiB, or the environment's FALCONER_DATA_MEMORY in MiB.
    static std::size_t defaultMemory();

    explicit SampleStore(std::size_t memory = defaultMemory());
    explicit SampleStore(std::span<const Sample> samples);

    /// Throws diskFull or fileUnwritable naming the temporary folder, dataInvalid for a sample of more than 2^32 - 1
    /// tokens.
    void append(const Sample& sample);

    std::size_t size() const { return m_entries.size(); }
    bool empty() const { return m_entries.empty(); }
    /// A copy of sample i < size(). Throws internal for another index, fileUnreadable when the temporary file cannot be
    /// read.
    Sample at(std::size_t i) const;
    std::int64_t lengthAt(std::size_t i) const { return m_entries[i].length; }
    std::int64_t targetsAt(std::size_t i) const { return m_entries[i].targets; } ///< Sample::targets()
    std::int64_t rowAt(std::size_t i) const { return m_entries[i].row; }
    std::int32_t fileAt(std::size_t i) const { return m_entries[i].file; }

    /// The samples of these indices, in this order; an index may come several times.
    SampleStore select(std::span<const std::size_t> indices) const;

    /// The largest id of all samples that were appended, to this store or to one that shares its ids; -1 for none.
    std::int32_t largestId() const;
    /// Bytes of ids that lie in the temporary file.
    std::uint64_t spilled() const;

private:
    struct Entry {
        std::uint64_t offset = 0; ///< in ids
        std::uint32_t length = 0;
        std::uint32_t targets = 0;
        std::int64_t row = 0;
        std::int32_t file = 0;
    };
    class Ids;

    std::shared_ptr<Ids> m_ids;
    std::vector<Entry> m_entries;
};

} // namespace falconer
