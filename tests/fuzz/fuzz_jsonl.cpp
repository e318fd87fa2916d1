// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/columns.h"
#include "core/data/jsonl_reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Whatever the bytes: every line gives a row or an Error with a sensible place, the reader comes to its end, and texts
// are well-formed UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace falconer;
    const auto require = [](bool condition) {
        if (!condition)
            std::abort();
    };
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        JsonlReader reader(text, "rows.jsonl");
        const ColumnMap columns{DataSettings{}};
        Row row;
        std::int64_t before = 0;
        for (bool more = true; more;) {
            try {
                more = reader.next(row);
                if (!more)
                    break;
                require(row.line > before);
                before = row.line;
                for (const Cell& cell : row.cells)
                    require(findInvalidUtf8(cell.column) == std::string::npos
                        && findInvalidUtf8(cell.text) == std::string::npos);
                const TextRow texts = columns.texts(row, reader.name());
                require(texts.line == row.line);
            } catch (const Error& error) {
                require(error.code() == ErrorCode::dataInvalid);
                require(error.faults().front().subject == place("rows.jsonl", reader.line()));
                require(findInvalidUtf8(error.what()) == std::string::npos);
                before = reader.line();
            }
        }
        require(reader.position() == text.size());
    } catch (const Error& error) { // evidently another format
        require(error.code() == ErrorCode::dataInvalid);
    }
    return 0;
}
