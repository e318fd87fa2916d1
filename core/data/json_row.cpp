// SPDX-License-Identifier: Apache-2.0
#include "core/data/json_row.h"

#include "core/data/text_source.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {
namespace {

using nlohmann::ordered_json;

/// What the JSON library says, in the words of a data file: its own text repeats the input and its class names.
std::string readableProblem(std::string_view what, std::size_t position, std::string_view within)
{
    const auto has = [&](std::string_view words) { return what.find(words) != std::string_view::npos; };
    if (has("missing closing quote"))
        return "a quote is not closed";
    if (has("unexpected end of input"))
        return fmt::format("the {} ends before its object does", within);
    if (has("expected end of input"))
        return fmt::format("something follows the object at byte {}", position);
    std::size_t first = what.find(" - ");
    first = first == std::string_view::npos ? 0 : first + 3;
    std::string_view detail = what.substr(first);
    detail = detail.substr(0, detail.find(';'));
    return fmt::format("not JSON at byte {}: {}", position, detail);
}

/// Fills the cells of the outermost object; what is nested becomes a value.
class RowHandler : public nlohmann::json_sax<nlohmann::json> {
public:
    RowHandler(std::string_view within, Row& row)
        : m_within(within)
        , m_row(row)
    {
    }

    const std::string& problem() const { return m_problem; }

    bool null() override { return scalar(CellKind::null, nullptr); }
    bool boolean(bool value) override { return scalar(CellKind::boolean, value); }
    bool number_integer(number_integer_t value) override { return scalar(CellKind::number, value); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(CellKind::number, value); }
    bool number_float(number_float_t value, const string_t&) override { return scalar(CellKind::number, value); }
    bool binary(binary_t&) override { return scalar(CellKind::null, nullptr); }
    bool string(string_t& value) override
    {
        if (m_depth != 1)
            return scalar(CellKind::text, std::move(value));
        m_cell->kind = CellKind::text;
        m_cell->text = std::move(value);
        return true;
    }
    bool start_object(std::size_t) override { return m_depth == 0 ? descend() : open(CellKind::object); }
    bool start_array(std::size_t) override
    {
        return m_depth == 0 ? fail("a list, not an object") : open(CellKind::list);
    }
    bool end_object() override { return ascend(); }
    bool end_array() override { return ascend(); }
    bool key(string_t& column) override
    {
        if (m_depth > 1) {
            if (m_open.back()->size() == kMaxColumns)
                return fail(fmt::format("an object with more than {} members", kMaxColumns));
            m_key = std::move(column);
            return true;
        }
        const auto known = std::find_if(
            m_row.cells.begin(), m_row.cells.end(), [&](const Cell& cell) { return cell.column == column; });
        if (known == m_row.cells.end()) {
            if (m_row.cells.size() == kMaxColumns)
                return fail(fmt::format("more than {} columns", kMaxColumns));
            m_row.cells.push_back({std::move(column), CellKind::null, {}, {}});
            m_cell = &m_row.cells.back();
        } else {
            m_cell = &*known;
            m_cell->text.clear();
            m_cell->value = nullptr;
        }
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) override
    {
        return fail(readableProblem(error.what(), position, m_within));
    }

private:
    bool scalar(CellKind kind, ordered_json value)
    {
        if (m_depth == 0)
            return fail(fmt::format("{}, not an object", name(kind)));
        if (m_depth > 1)
            return put(std::move(value)) != nullptr;
        m_cell->kind = kind;
        m_cell->value = std::move(value);
        return true;
    }
    bool open(CellKind kind)
    {
        ordered_json empty = kind == CellKind::list ? ordered_json::array() : ordered_json::object();
        ordered_json* place = nullptr;
        if (m_depth == 1) {
            m_cell->kind = kind;
            m_cell->value = std::move(empty);
            place = &m_cell->value;
        } else {
            place = put(std::move(empty));
        }
        if (!place)
            return false;
        m_open.push_back(place);
        return descend();
    }
    /// Adds a value to the innermost open list or object; nullptr when there are too many.
    ordered_json* put(ordered_json&& value)
    {
        if (++m_values > kMaxValues) {
            fail(fmt::format("more than {} values", kMaxValues));
            return nullptr;
        }
        ordered_json& into = *m_open.back();
        if (into.is_object())
            return &(into[m_key] = std::move(value));
        into.push_back(std::move(value));
        return &into.back();
    }
    bool descend()
    {
        if (++m_depth > kMaxDepth)
            return fail(fmt::format("nested deeper than {} levels", kMaxDepth));
        return true;
    }
    bool ascend()
    {
        if (--m_depth > 0)
            m_open.pop_back();
        return true;
    }
    bool fail(std::string problem)
    {
        if (m_problem.empty())
            m_problem = std::move(problem);
        return false;
    }

    std::string_view m_within;
    Row& m_row;
    Cell* m_cell = nullptr; // the column whose value comes next
    std::vector<ordered_json*> m_open; // the lists and objects around the next value, inside m_cell
    std::string m_key; // of the next value, inside an object
    std::size_t m_values = 0;
    int m_depth = 0;
    std::string m_problem;
};

} // namespace

std::string parseJsonRow(std::string_view text, std::string_view within, Row& row)
{
    row.cells.clear();
    // The JSON library takes a NUL for the end of its input and would accept whatever follows it.
    if (std::string problem = textProblem(text, within); !problem.empty())
        return problem;
    RowHandler handler(within, row);
    return nlohmann::json::sax_parse(text.begin(), text.end(), &handler) ? std::string() : handler.problem();
}

bool JsonExtent::find(std::string_view text)
{
    for (; m_at < text.size(); ++m_at) {
        const char c = text[m_at];
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"') {
                m_inString = false;
                if (m_depth == 0)
                    return ++m_at, true;
            }
        } else if (c == '"') {
            m_inString = true;
        } else if (c == '{' || c == '[') {
            ++m_depth;
        } else if (c == '}' || c == ']') {
            if (m_depth == 0)
                return true;
            if (--m_depth == 0)
                return ++m_at, true;
        } else if (m_depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
            return true;
        }
    }
    return false;
}

} // namespace falconer
