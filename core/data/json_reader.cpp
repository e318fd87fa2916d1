// SPDX-License-Identifier: Apache-2.0
#include "core/data/json_reader.h"

#include "core/base/error.h"
#include "core/data/json_row.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kListNames[] = {"\"data\"", "\"train\"", "\"rows\""};

} // namespace

JsonReader::JsonReader(TextSource source)
    : m_source(std::move(source))
{
    startText(m_source);
    findList();
}

void JsonReader::refuse(std::string problem) const
{
    throw Error(ErrorCode::fileMalformed, place(name(), m_row, RowUnit::row), std::move(problem),
        "check that the file is whole: it must be a list of objects, [{…}, {…}]");
}

/// The next character that is not blank, not consumed; NUL at the end.
char JsonReader::peek()
{
    m_source.consume(m_pending);
    m_pending = 0;
    for (;;) {
        const std::size_t at = m_source.unread().find_first_not_of(kBlanks);
        if (at != std::string_view::npos) {
            m_source.consume(at);
            return m_source.unread().front();
        }
        m_source.consume(m_source.unread().size());
        if (!m_source.grow())
            return '\0';
    }
}

/// The value that starts here, valid until the next call of peek(). Empty at a bracket or comma.
std::string_view JsonReader::value()
{
    JsonExtent extent;
    while (!extent.find(m_source.unread()))
        if (!m_source.grow())
            refuse("the file ends inside this row: it is cut off, or a quote or a bracket is not closed");
    m_pending = extent.end();
    return m_source.unread().substr(0, m_pending);
}

void JsonReader::findList()
{
    const auto noList = [&](std::string problem) {
        throw Error(ErrorCode::dataInvalid, name(), std::move(problem),
            "give a list of objects, [{…}, {…}], or JSON Lines: one object on each line of a .jsonl file");
    };
    const char first = peek();
    if (first == '[') {
        m_source.consume(1);
        return;
    }
    if (first != '{')
        noList(first == '\0' ? "the file is empty" : "the file is not a JSON list of objects");
    m_source.consume(1);
    for (;;) {
        if (peek() != '"')
            noList("the JSON object in the file has no list of rows named \"data\", \"train\" or \"rows\"");
        const bool rows = std::ranges::count(kListNames, value()) > 0;
        if (peek() != ':')
            noList("the file is not valid JSON: a colon is missing");
        m_source.consume(1);
        if (peek() == '[' && rows) {
            m_source.consume(1);
            return;
        }
        if (value().empty())
            noList("the file is not valid JSON: a value is missing");
        if (peek() == ',')
            m_source.consume(1);
    }
}

bool JsonReader::next(Row& row)
{
    if (m_done)
        return false;
    char c = peek();
    if (c == ',' && !m_first) {
        m_source.consume(1);
        c = peek();
    } else if (c != ']' && !m_first && c != '\0') {
        refuse("something other than a comma follows this row");
    }
    if (c == ']') {
        m_done = true;
        m_source.consume(m_source.unread().size());
        while (m_source.grow()) // to the end, where a change of the file shows
            m_source.consume(m_source.unread().size());
        return false;
    }
    if (c == '\0')
        refuse("the list ends without its closing bracket after this row: the file is cut off");
    m_first = false;
    ++m_row;
    row.line = m_row;
    row.unit = RowUnit::row;
    const std::string_view text = value();
    if (text.empty())
        refuse("a row is missing between two commas");
    if (std::string problem = parseJsonRow(text, "row", row); !problem.empty())
        throw Error(ErrorCode::dataInvalid, place(name(), m_row, RowUnit::row), std::move(problem),
            "correct the row, or set data.on_bad_row to skip");
    return true;
}

} // namespace falconer
