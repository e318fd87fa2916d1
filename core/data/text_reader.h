// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row_reader.h"
#include "core/data/text_source.h"

namespace falconer {

/// Plain text, a row a line in the column "text", as the `datasets` library's text loader reads it by default
/// (sample_by line). Blank lines, of which nothing can be learned, are passed over.
class TextReader : public RowReader {
public:
    explicit TextReader(TextSource source);
    TextReader(std::string_view text, std::string name)
        : TextReader(TextSource(text, std::move(name)))
    {
    }

    bool next(Row& row) override;
    const std::string& name() const override { return m_source.name(); }
    std::size_t position() const override { return m_source.position(); }
    std::size_t size() const override { return m_source.size(); }

private:
    TextSource m_source;
    std::int64_t m_line = 0;
};

} // namespace falconer
