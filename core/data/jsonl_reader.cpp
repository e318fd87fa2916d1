// SPDX-License-Identifier: Apache-2.0
#include "core/data/jsonl_reader.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace falconer {
namespace {

// Real rows nest a handful of levels; a line of a million brackets is an attack or an accident.
constexpr int kMaxDepth = 64;
// A column is looked up by walking over all of them, which must not become quadratic in a hostile line.
constexpr std::size_t kMaxColumns = 1000;
// Pages of a big file are handed back in pieces of this size, so that it does not count as memory of the process.
constexpr std::size_t kReleaseStep = std::size_t{16} << 20;
constexpr std::string_view kSkipHint = "correct the line, or set data.on_bad_row to skip";

/// What the JSON library says, in the words of a data file: its own text repeats the input and its class names.
std::string readableProblem(std::string_view what, std::size_t position)
{
    const auto has = [&](std::string_view words) { return what.find(words) != std::string_view::npos; };
    if (has("missing closing quote"))
        return "a quote is not closed";
    if (has("unexpected end of input"))
        return "the line ends before its object does";
    if (has("expected end of input"))
        return fmt::format("something follows the object at byte {}", position);
    std::size_t first = what.find(" - ");
    first = first == std::string_view::npos ? 0 : first + 3;
    std::string_view detail = what.substr(first);
    detail = detail.substr(0, detail.find(';'));
    return fmt::format("not JSON at byte {}: {}", position, detail);
}

/// Keeps the columns of the outermost object and walks past everything deeper without storing it.
class RowHandler : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit RowHandler(Row& row)
        : m_row(row)
    {
    }

    const std::string& problem() const { return m_problem; }

    bool null() override { return scalar(CellKind::null); }
    bool boolean(bool) override { return scalar(CellKind::boolean); }
    bool number_integer(number_integer_t) override { return scalar(CellKind::number); }
    bool number_unsigned(number_unsigned_t) override { return scalar(CellKind::number); }
    bool number_float(number_float_t, const string_t&) override { return scalar(CellKind::number); }
    bool binary(binary_t&) override { return scalar(CellKind::null); }
    bool string(string_t& value) override
    {
        const bool goOn = scalar(CellKind::text);
        if (goOn && m_depth == 1)
            m_cell->text = std::move(value);
        return goOn;
    }
    bool start_object(std::size_t) override
    {
        if (m_depth == 1)
            m_cell->kind = CellKind::object;
        return descend();
    }
    bool start_array(std::size_t) override
    {
        if (m_depth == 0)
            return fail("a list, not an object");
        if (m_depth == 1)
            m_cell->kind = CellKind::list;
        return descend();
    }
    bool end_object() override { return ascend(); }
    bool end_array() override { return ascend(); }
    bool key(string_t& column) override
    {
        if (m_depth != 1)
            return true;
        const auto known = std::find_if(
            m_row.cells.begin(), m_row.cells.end(), [&](const Cell& cell) { return cell.column == column; });
        if (known == m_row.cells.end()) {
            if (m_row.cells.size() == kMaxColumns)
                return fail(fmt::format("more than {} columns", kMaxColumns));
            m_row.cells.push_back({std::move(column), CellKind::null, {}});
            m_cell = &m_row.cells.back();
        } else {
            m_cell = &*known;
            m_cell->text.clear();
        }
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) override
    {
        return fail(readableProblem(error.what(), position));
    }

private:
    bool scalar(CellKind kind)
    {
        if (m_depth == 0)
            return fail(fmt::format("{}, not an object", name(kind)));
        if (m_depth == 1)
            m_cell->kind = kind;
        return true;
    }
    bool descend()
    {
        if (++m_depth > kMaxDepth)
            return fail(fmt::format("nested deeper than {} levels", kMaxDepth));
        return true;
    }
    bool ascend()
    {
        --m_depth;
        return true;
    }
    bool fail(std::string problem)
    {
        if (m_problem.empty())
            m_problem = std::move(problem);
        return false;
    }

    Row& m_row;
    Cell* m_cell = nullptr;
    int m_depth = 0;
    std::string m_problem;
};

} // namespace

std::string_view name(CellKind kind)
{
    switch (kind) {
    case CellKind::text: return "text";
    case CellKind::number: return "a number";
    case CellKind::boolean: return "true or false";
    case CellKind::null: return "null";
    case CellKind::list: return "a list";
    case CellKind::object: return "an object";
    }
    return "unknown";
}

const Cell* Row::find(std::string_view column) const
{
    for (const Cell& cell : cells)
        if (cell.column == column)
            return &cell;
    return nullptr;
}

std::string place(std::string_view file, std::int64_t line) { return fmt::format("{}, line {}", file, line); }

JsonlReader::JsonlReader(const std::filesystem::path& path)
    : m_file(MappedFile::open(path))
    , m_text(reinterpret_cast<const char*>(m_file->bytes().data()), m_file->bytes().size())
    , m_name(toValidUtf8(path.string()))
{
    refuseOtherFormats();
}

JsonlReader::JsonlReader(std::string_view text, std::string name)
    : m_text(text)
    , m_name(std::move(name))
{
    refuseOtherFormats();
}

// One sentence about the file instead of one about its first line.
void JsonlReader::refuseOtherFormats()
{
    const auto refuse = [&](std::string problem, std::string fix) {
        throw Error(ErrorCode::dataInvalid, m_name, std::move(problem), std::move(fix));
    };
    const std::string fix = "give JSON Lines: one object such as {\"prompt\": …, \"completion\": …} on each line";
    if (m_text.starts_with("\xFF\xFE") || m_text.starts_with("\xFE\xFF"))
        refuse("the file is UTF-16 text", "save it as UTF-8");
    if (m_text.starts_with("PAR1"))
        refuse("Parquet files are not read in this version", fix);
    if (m_text.starts_with("\x1F\x8B") || m_text.starts_with("\x28\xB5\x2F\xFD") || m_text.starts_with("PK\x03\x04"))
        refuse("the file is compressed", "unpack it first");
    if (m_text.starts_with("\xEF\xBB\xBF"))
        m_position = 3;
    const std::size_t first = m_text.find_first_not_of(" \t\r\n", m_position);
    if (first != std::string_view::npos && m_text[first] == '[')
        refuse("the file is one JSON list, which is not read in this version", fix);
}

bool JsonlReader::next(Row& row)
{
    while (m_position < m_text.size()) {
        const std::size_t end = std::min(m_text.find('\n', m_position), m_text.size());
        const std::string_view line = m_text.substr(m_position, end - m_position);
        m_position = std::min(end + 1, m_text.size());
        ++m_line;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        row.line = m_line;
        row.cells.clear();
        parse(line, row);
        releaseRead();
        return true;
    }
    return false;
}

void JsonlReader::parse(std::string_view line, Row& row) const
{
    const auto refuse = [&](std::string problem) {
        throw Error(ErrorCode::dataInvalid, place(m_name, m_line), std::move(problem), std::string(kSkipHint));
    };
    if (const std::size_t bad = findInvalidUtf8(line); bad != std::string_view::npos)
        refuse(
            fmt::format("byte {} of the line (0x{:02X}) is not UTF-8", bad + 1, static_cast<unsigned char>(line[bad])));
    // The JSON library takes a NUL for the end of its input and would accept whatever follows it.
    if (const std::size_t nul = line.find('\0'); nul != std::string_view::npos)
        refuse(fmt::format("byte {} of the line is a NUL byte", nul + 1));
    RowHandler handler(row);
    if (!nlohmann::json::sax_parse(line.begin(), line.end(), &handler))
        refuse(handler.problem());
}

void JsonlReader::releaseRead()
{
    if (!m_file || m_position - m_released < kReleaseStep)
        return;
    m_file->release(m_file->bytes().subspan(m_released, m_position - m_released));
    m_released = m_position;
}

} // namespace falconer
