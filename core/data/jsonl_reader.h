// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row_reader.h"
#include "core/data/text_source.h"

namespace falconer {

/// JSON Lines, one object a line: read line by line, blank lines passed over, a byte order mark and CRLF accepted.
class JsonlReader : public RowReader {
public:
    /// Throws dataInvalid for a file that is evidently of another format.
    explicit JsonlReader(TextSource source);
    explicit JsonlReader(const std::filesystem::path& path)
        : JsonlReader(TextSource(path))
    {
    }
    /// Reads `text`, which must outlive the reader; `name` stands for the file in messages.
    JsonlReader(std::string_view text, std::string name)
        : JsonlReader(TextSource(text, std::move(name)))
    {
    }

    bool next(Row& row) override;
    const std::string& name() const override { return m_source.name(); }
    std::size_t position() const override { return m_source.position(); }
    std::size_t size() const override { return m_source.size(); }
    std::int64_t line() const { return m_line; } ///< of the row returned or thrown for

private:
    TextSource m_source;
    std::int64_t m_line = 0;
};

} // namespace falconer
