// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/data/row_reader.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace falconer {

/// Rows that lie behind each other, to be read again together.
struct RowBlock {
    std::uint64_t begin = 0; ///< bytes of the IndexedFile
    std::uint64_t end = 0;
    std::int64_t firstLine = 0; ///< of its first row, as the file counts
    std::int32_t rows = 0; ///< RowIndexer::kBlockRows, in a file's last block perhaps fewer
};

/// A row that was read again, or why it cannot be.
struct IndexedRow {
    Row row;
    std::optional<Fault> fault;
};

/// A file whose rows can be read in any order, by the blocks that a RowIndexer found in it. Safe from several threads.
class IndexedFile {
public:
    virtual ~IndexedFile() = default;
    /// The rows of a block, as many as it says. Throws fileUnreadable when the file has changed since it was indexed.
    virtual std::vector<IndexedRow> read(const RowBlock& block) const = 0;
};

/// Goes through a file once and notes where its rows lie: 32 bytes for each 64 rows. Lines, CSV and text are read again
/// where they stand. Of other formats (a JSON document, Parquet, Arrow), which cannot be entered in the middle, the
/// rows are copied to a temporary file that has no name any more.
class RowIndexer {
public:
    static constexpr std::int32_t kBlockRows = 64;
    /// Sees each row while it passes; of a broken one the fault, and what of the row is known.
    using Visitor = std::function<void(const Row&, const Fault*)>;

    /// Throws as openRows() does.
    explicit RowIndexer(const std::filesystem::path& path);
    ~RowIndexer();

    /// The next block; false at the end. Throws as RowReader::next() for a file that cannot be read any further (the
    /// rows before that place are returned first), diskFull and fileUnwritable for a copy that cannot be written.
    bool next(RowBlock& block, const Visitor& visit = {});

    const std::string& name() const { return m_reader->name(); }
    std::size_t position() const { return m_reader->position(); }
    std::size_t size() const { return m_reader->size(); }
    /// What reads the blocks again; blocks found later can be read through it as well.
    std::shared_ptr<const IndexedFile> file() const;

private:
    class Copy;
    class Original;

    std::unique_ptr<RowReader> m_reader;
    std::shared_ptr<Original> m_original;
    std::shared_ptr<Copy> m_copy;
    std::exception_ptr m_failure; // of the reader, behind the rows that came before it
    bool m_done = false;
};

} // namespace falconer
