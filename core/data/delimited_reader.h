// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row_reader.h"
#include "core/data/text_source.h"

#include <string>
#include <vector>

namespace falconer {

/// CSV and TSV by RFC 4180: a header line with the columns' names, cells parted by `delimiter`, a cell in double quotes
/// may hold delimiters, line breaks and doubled quotes. A byte order mark, CRLF and blank lines are accepted; every
/// cell is text. A quote that is never closed throws fileMalformed: nothing behind it can be told apart.
class DelimitedReader : public RowReader {
public:
    /// Throws dataInvalid for a header that is not usable.
    DelimitedReader(TextSource source, char delimiter);
    DelimitedReader(std::string_view text, std::string name, char delimiter)
        : DelimitedReader(TextSource(text, std::move(name)), delimiter)
    {
    }

    bool next(Row& row) override;
    const std::string& name() const override { return m_source.name(); }
    std::size_t position() const override { return m_source.position(); }
    std::size_t size() const override { return m_source.size(); }
    std::int64_t line() const { return m_line; } ///< on which the row returned or thrown for starts

private:
    bool record(std::vector<std::string>& cells, std::string& problem);
    void readHeader();

    TextSource m_source;
    char m_delimiter;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_cells; // of the row being read
    std::int64_t m_line = 0;
    std::int64_t m_nextLine = 1;
};

} // namespace falconer
