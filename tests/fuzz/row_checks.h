// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/columns.h"
#include "core/data/row_reader.h"

#include <cstdlib>

namespace falconer::fuzz {

inline void require(bool condition)
{
    if (!condition)
        std::abort();
}

/// Whatever the bytes: every call gives a row or an Error that names the file, the reader comes to its end or to what
/// it cannot pass, texts are well-formed UTF-8, and the columns give a content or an Error.
inline void readAll(RowReader& reader)
{
    const ColumnMap columns{DataSettings{}};
    Row row;
    std::int64_t before = 0;
    for (;;) {
        const std::size_t position = reader.position();
        try {
            if (!reader.next(row))
                return;
            require(row.line > before);
            before = row.line;
            for (const Cell& cell : row.cells)
                require(findInvalidUtf8(cell.column) == std::string::npos
                    && findInvalidUtf8(cell.text) == std::string::npos);
            const RecognisedFormat format = columns.recognise(row, reader.name());
            require(columns.content(row, format.format, reader.name()).line == row.line);
        } catch (const Error& error) {
            require(findInvalidUtf8(error.what()) == std::string::npos);
            require(error.faults().front().subject.starts_with(reader.name()));
            if (error.code() == ErrorCode::fileMalformed)
                return;
            require(error.code() == ErrorCode::dataInvalid);
            require(reader.position() >= position);
        }
    }
}

} // namespace falconer::fuzz
