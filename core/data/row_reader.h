// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row.h"

#include <cstddef>
#include <filesystem>
#include <memory>

namespace falconer {

/// The rows of one file, in order and one at a time, whatever its format.
class RowReader {
public:
    virtual ~RowReader() = default;

    /// Reads the next row; false at the end. A row that is broken by itself throws dataInvalid naming file and place,
    /// and the call after that goes on behind it. A file that cannot be read any further (cut off, changed while it was
    /// read) throws another code.
    virtual bool next(Row& row) = 0;

    virtual const std::string& name() const = 0; ///< the file, in well-formed UTF-8
    virtual std::size_t position() const = 0; ///< how far it is, out of size(): bytes where that is known, else rows
    virtual std::size_t size() const = 0;
};

/// Opens a data file by its name and its first bytes:
/// * .jsonl, .ndjson, and what is not known otherwise: JSON Lines, one object a line
/// * .json: a list of objects, an object with such a list under "data", "train" or "rows", or JSON Lines
/// * .csv, .tsv, .tab: a header line, then RFC 4180 with commas, or tabs
/// * .txt, .text, .md: one row a line, as column "text" (as the `datasets` library's text loader); blank lines are
///   passed over
/// * .parquet, .pq; .arrow, .feather, .ipc: Arrow's formats, where the build has Arrow
/// Throws fileMissing, fileUnreadable, and dataInvalid for a file that is evidently of another format.
std::unique_ptr<RowReader> openRows(const std::filesystem::path& path);

} // namespace falconer
