// SPDX-License-Identifier: Apache-2.0
#include "core/data/text_reader.h"

#include "core/base/error.h"

namespace falconer {

TextReader::TextReader(TextSource source)
    : m_source(std::move(source))
{
    startText(m_source);
}

bool TextReader::next(Row& row)
{
    std::string_view line;
    while (m_source.nextLine(line)) {
        ++m_line;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") == std::string_view::npos)
            continue;
        row.line = m_line;
        row.unit = RowUnit::line;
        row.cells.clear();
        if (std::string problem = textProblem(line, "line"); !problem.empty())
            throw Error(ErrorCode::dataInvalid, place(name(), m_line), std::move(problem),
                "save the file as UTF-8, or set data.on_bad_row to skip");
        row.cells.push_back({"text", CellKind::text, std::string(line), {}});
        return true;
    }
    return false;
}

} // namespace falconer
