// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row_reader.h"
#include "core/data/text_source.h"

namespace falconer {

/// A JSON document: a list of objects, or an object that has such a list as "data", "train" or "rows". Read one object
/// at a time, so that the document may be larger than memory. Rows are numbered from 1. A document that is cut off or
/// whose rows are not parted by commas throws fileMalformed.
class JsonReader : public RowReader {
public:
    /// Throws dataInvalid for a document that holds no list of rows.
    explicit JsonReader(TextSource source);
    JsonReader(std::string_view text, std::string name)
        : JsonReader(TextSource(text, std::move(name)))
    {
    }

    bool next(Row& row) override;
    const std::string& name() const override { return m_source.name(); }
    std::size_t position() const override { return m_source.position(); }
    std::size_t size() const override { return m_source.size(); }
    std::int64_t row() const { return m_row; } ///< of the row returned or thrown for

private:
    char peek();
    std::string_view value();
    void findList();
    [[noreturn]] void refuse(std::string problem) const;

    TextSource m_source;
    std::size_t m_pending = 0; // bytes of the last value, consumed by the next call
    std::int64_t m_row = 0;
    bool m_first = true;
    bool m_done = false;
};

} // namespace falconer
