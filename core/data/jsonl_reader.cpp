// SPDX-License-Identifier: Apache-2.0
#include "core/data/jsonl_reader.h"

#include "core/base/error.h"
#include "core/data/json_row.h"

namespace falconer {

JsonlReader::JsonlReader(TextSource source)
    : m_source(std::move(source))
{
    startText(m_source);
}

bool JsonlReader::next(Row& row)
{
    std::string_view line;
    while (m_source.nextLine(line)) {
        ++m_line;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        row.line = m_line;
        row.unit = RowUnit::line;
        if (std::string problem = parseJsonRow(line, "line", row); !problem.empty())
            throw Error(ErrorCode::dataInvalid, place(name(), m_line), std::move(problem),
                "correct the line, or set data.on_bad_row to skip");
        return true;
    }
    return false;
}

} // namespace falconer
