// SPDX-License-Identifier: Apache-2.0
#include "core/data/delimited_reader.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {
namespace {

enum class Scan { complete, needsMore };

/// One record at the start of a text, as far as it is there.
struct Record {
    std::vector<std::string>& cells;
    std::string& problem;
    std::size_t length = 0; // bytes with its line break
    std::int64_t lines = 0; // line breaks in it
    bool openQuote = false;

    Scan scan(std::string_view text, char delimiter, bool atEnd);
};

Scan Record::scan(std::string_view text, char delimiter, bool atEnd)
{
    cells.assign(1, {});
    problem.clear();
    lines = 0;
    openQuote = false;
    bool quoted = false; // the cell began with a quote that has been closed
    bool cellStart = true;
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (openQuote) {
            if (c == '"') {
                if (at + 1 == text.size() && !atEnd)
                    return Scan::needsMore; // the quote may be doubled
                if (at + 1 < text.size() && text[at + 1] == '"') {
                    cells.back() += '"';
                    at += 2;
                    continue;
                }
                openQuote = false;
                quoted = true;
            } else {
                lines += c == '\n' ? 1 : 0;
                cells.back() += c;
            }
            ++at;
            continue;
        }
        if (c == '\n' || (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n')) {
            length = at + (c == '\r' ? 2 : 1);
            ++lines;
            return Scan::complete;
        }
        if (c == '\r' && at + 1 == text.size()) {
            if (!atEnd)
                return Scan::needsMore;
            length = text.size();
            return Scan::complete;
        }
        ++at;
        if (c == delimiter) {
            if (cells.size() > kMaxColumns)
                problem = fmt::format("more than {} columns", kMaxColumns);
            else
                cells.emplace_back();
            quoted = false;
            cellStart = true;
            continue;
        }
        if (c == '"' && cellStart) {
            openQuote = true;
        } else {
            if (quoted && problem.empty())
                problem = fmt::format("something follows the closing quote of cell {}", cells.size());
            cells.back() += c;
        }
        cellStart = false;
    }
    length = text.size();
    return atEnd ? Scan::complete : Scan::needsMore;
}

} // namespace

DelimitedReader::DelimitedReader(TextSource source, char delimiter)
    : m_source(std::move(source))
    , m_delimiter(delimiter)
{
    startText(m_source);
    readHeader();
}

/// The next record that is not blank; false at the end.
bool DelimitedReader::record(std::vector<std::string>& cells, std::string& problem)
{
    for (;;) {
        Record found{cells, problem};
        bool atEnd = false;
        if (m_source.unread().empty() && !m_source.grow())
            return false;
        while (found.scan(m_source.unread(), m_delimiter, atEnd) == Scan::needsMore)
            atEnd = !m_source.grow();
        m_line = m_nextLine;
        m_nextLine += found.lines;
        if (found.openQuote)
            throw Error(ErrorCode::fileMalformed, place(name(), m_line),
                "a quote that is opened in this row is never closed", "close it, or double every quote inside a cell");
        const bool blank = cells.size() == 1 && m_source.unread().front() != '"'
            && cells.front().find_first_not_of(" \t\r") == std::string::npos;
        std::string bytes = textProblem(m_source.unread().substr(0, found.length), "row");
        if (!bytes.empty())
            problem = std::move(bytes);
        m_source.consume(found.length);
        if (!blank || !problem.empty())
            return true;
    }
}

void DelimitedReader::readHeader()
{
    std::string problem;
    if (!record(m_columns, problem))
        return;
    // Spreadsheets of some countries write "CSV" so.
    if (problem.empty() && m_delimiter == ',' && m_columns.size() == 1
        && std::ranges::count(m_columns.front(), ';') > 0)
        throw Error(ErrorCode::fileMalformed, place(name(), m_line), "its columns are parted by semicolons",
            "save it with commas between the cells, or as a .tsv file with tabs");
    if (problem.empty() && std::ranges::count(m_columns, std::string()) > 0)
        problem = "a column has no name";
    std::vector<std::string> sorted = m_columns;
    std::ranges::sort(sorted);
    if (problem.empty() && std::ranges::adjacent_find(sorted) != sorted.end())
        problem = "two columns have the same name";
    if (!problem.empty())
        throw Error(ErrorCode::fileMalformed, place(name(), m_line), "in the header, " + problem,
            "give the columns' names, each another, in the first line");
}

bool DelimitedReader::next(Row& row)
{
    std::string problem;
    if (!record(m_cells, problem))
        return false;
    row.line = m_line;
    row.unit = RowUnit::line;
    row.cells.clear();
    if (problem.empty() && m_cells.size() != m_columns.size())
        problem = fmt::format("the row has {} {}, but the header has {}", m_cells.size(),
            m_cells.size() == 1 ? "cell" : "cells", m_columns.size());
    if (!problem.empty())
        throw Error(ErrorCode::dataInvalid, place(name(), m_line), std::move(problem),
            "correct the row (a cell with a comma, a quote or a line break must stand in quotes), or set "
            "data.on_bad_row to skip");
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        row.cells.push_back({m_columns[i], CellKind::text, m_cells[i], {}});
    return true;
}

} // namespace falconer
