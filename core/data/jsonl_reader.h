// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/files.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

enum class CellKind { text, number, boolean, null, list, object };

/// "text", "a number", "a list": as it is said in a message.
std::string_view name(CellKind kind);

/// One column of a row. Only text is kept; of everything else just what it is.
struct Cell {
    std::string column;
    CellKind kind = CellKind::null;
    std::string text;
};

struct Row {
    std::int64_t line = 0; ///< 1-based
    std::vector<Cell> cells; ///< in file order; of a repeated column the last value, as Python's json keeps it

    const Cell* find(std::string_view column) const;
};

/// "FILE, line 88".
std::string place(std::string_view file, std::int64_t line);

/// JSON Lines, one object a line: mapped, read line by line, blank lines passed over, a byte order mark and CRLF
/// accepted.
class JsonlReader {
public:
    /// Throws fileMissing, fileUnreadable, and dataInvalid for a file that is evidently of another format.
    explicit JsonlReader(const std::filesystem::path& path);
    /// Reads `text`, which must outlive the reader; `name` stands for the file in messages.
    JsonlReader(std::string_view text, std::string name);

    /// Reads the next row; false at the end. A line that is not a JSON object in UTF-8 throws dataInvalid naming file
    /// and line; the call after that goes on with the line behind it. line() is that of the row returned or thrown for.
    bool next(Row& row);

    const std::string& name() const { return m_name; }
    std::int64_t line() const { return m_line; }
    std::size_t position() const { return m_position; } ///< bytes read so far
    std::size_t size() const { return m_text.size(); }

private:
    void refuseOtherFormats();
    void parse(std::string_view line, Row& row) const;
    void releaseRead();

    std::shared_ptr<const MappedFile> m_file; // empty when reading from memory
    std::string_view m_text;
    std::string m_name;
    std::size_t m_position = 0;
    std::size_t m_released = 0;
    std::int64_t m_line = 0;
};

} // namespace falconer
