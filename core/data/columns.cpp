// SPDX-License-Identifier: Apache-2.0
#include "core/data/columns.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/conversation.h"
#include "core/data/shown.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace falconer {
namespace {

using nlohmann::ordered_json;

constexpr std::array<std::pair<RowFormat, std::string_view>, 5> kFormats{{
    {RowFormat::promptCompletion, "prompt-completion"},
    {RowFormat::alpaca, "alpaca"},
    {RowFormat::sharegpt, "sharegpt"},
    {RowFormat::messages, "messages"},
    {RowFormat::text, "text"},
}};

const std::vector<std::string>& roles()
{
    static const std::vector<std::string> all{"prompt", "completion", "text", "messages", "conversations",
        "instruction", "input", "output", "system", "history"};
    return all;
}

/// A list, or one written as JSON text, as in CSV.
bool isListLike(const Cell* cell)
{
    return cell && (cell->kind == CellKind::list || (cell->kind == CellKind::text && cell->text.starts_with("[{")));
}

[[noreturn]] void refuse(std::string_view file, const Row& row, std::string problem, std::string fix)
{
    throw Error(ErrorCode::dataInvalid, place(file, row.line, row.unit), std::move(problem), std::move(fix));
}

const std::string kMapHint = "map the column with data.columns, or set data.on_bad_row to skip";

/// Stanford Alpaca's prompt; `preamble` is the row's system text, or Stanford's own.
std::string alpacaPrompt(const std::string& preamble, const std::vector<std::pair<std::string, std::string>>& history,
    const std::string& instruction, const std::string& input)
{
    std::string text = preamble;
    if (text.empty())
        text = input.empty() ? "Below is an instruction that describes a task. Write a response that appropriately "
                               "completes the request."
                             : "Below is an instruction that describes a task, paired with an input that provides "
                               "further context. Write a response that appropriately completes the request.";
    text += "\n\n";
    for (const auto& [question, answer] : history)
        text += "### Instruction:\n" + question + "\n\n### Response:\n" + answer + "\n\n";
    text += "### Instruction:\n" + instruction + "\n\n";
    if (!input.empty())
        text += "### Input:\n" + input + "\n\n";
    return text + "### Response:\n";
}

ordered_json message(std::string_view role, std::string content)
{
    return {{"role", role}, {"content", std::move(content)}};
}

} // namespace

std::string_view name(RowFormat format)
{
    return std::ranges::find(kFormats, format, &std::pair<RowFormat, std::string_view>::first)->second;
}

ColumnMap::ColumnMap(const DataSettings& settings)
    : m_mapped(settings.columns)
    , m_format(settings.format)
    , m_templateNamed(settings.templateName != "auto" && settings.templateName != "none")
{
    std::vector<Fault> faults;
    for (const std::string& role : roles())
        m_columns[role] = role;
    for (const auto& [role, column] : settings.columns) {
        if (m_columns.contains(role)) {
            m_columns[role] = column;
            continue;
        }
        const std::string near = nearest(role, roles());
        faults.push_back({ErrorCode::recipeInvalid, "data.columns", fmt::format("\"{}\" is not a role", shown(role)),
            (near.empty() ? std::string() : "perhaps " + near + " was meant; ") + "the roles are " + join(roles())});
    }
    if (m_format != "auto"
        && std::ranges::none_of(kFormats, [&](const auto& format) { return format.second == m_format; }))
        faults.push_back({ErrorCode::recipeInvalid, "data.format", fmt::format("\"{}\" is not known", shown(m_format)),
            "use auto, prompt-completion, alpaca, sharegpt, messages or text"});
    if (!faults.empty())
        throw Error(std::move(faults));
}

/// One row's columns, with the messages about them.
class ColumnMap::Reading {
public:
    Reading(const ColumnMap& map, const Row& row, std::string_view file)
        : m_map(map)
        , m_row(row)
        , m_file(file)
    {
    }

    const Cell* find(std::string_view role) const { return m_row.find(m_map.column(role)); }

    /// The role as it is said in a message: with the column that plays it where that has another name.
    std::string said(std::string_view role) const
    {
        return m_map.isMapped(role) ? fmt::format("{} (column \"{}\")", role, shown(m_map.column(role)))
                                    : std::string(role);
    }

    const Cell& need(std::string_view role) const
    {
        const Cell* cell = find(role);
        if (!cell)
            refuse(m_file, m_row, fmt::format("the row has no {}; {}", said(role), columnsFound(m_row)), kMapHint);
        return *cell;
    }
    const std::string& text(std::string_view role) const
    {
        const Cell& cell = need(role);
        if (cell.kind != CellKind::text)
            refuse(m_file, m_row, fmt::format("the row's {} is {}, not text", said(role), name(cell.kind)),
                "correct the row, map another column with data.columns, or set data.on_bad_row to skip");
        return cell.text;
    }
    /// Absent and null count as empty.
    std::string optionalText(std::string_view role) const
    {
        const Cell* cell = find(role);
        return cell && cell->kind != CellKind::null ? text(role) : std::string();
    }
    ordered_json messages(std::string_view role) const
    {
        std::string problem;
        ordered_json list = listOf(need(role), problem);
        if (problem.empty())
            problem = tidyMessages(list);
        if (!problem.empty())
            refuse(m_file, m_row, fmt::format("the row's {}: {}", said(role), problem),
                "correct the row, or set data.on_bad_row to skip");
        return list;
    }
    std::vector<std::pair<std::string, std::string>> history() const
    {
        std::vector<std::pair<std::string, std::string>> turns;
        const Cell* cell = find("history");
        if (!cell || cell->kind == CellKind::null || (cell->kind == CellKind::text && cell->text.empty()))
            return turns;
        std::string problem;
        for (const ordered_json& turn : listOf(*cell, problem)) {
            if (!turn.is_array() || turn.size() != 2 || !turn[0].is_string() || !turn[1].is_string()) {
                problem = "it must be a list of pairs, each a question and its answer";
                break;
            }
            turns.emplace_back(turn[0].get<std::string>(), turn[1].get<std::string>());
        }
        if (!problem.empty())
            refuse(m_file, m_row, fmt::format("the row's {}: {}", said("history"), problem),
                "correct the row, or set data.on_bad_row to skip");
        return turns;
    }

private:
    const ColumnMap& m_map;
    const Row& m_row;
    std::string_view m_file;
};

RecognisedFormat ColumnMap::recognise(const Row& row, std::string_view file) const
{
    std::vector<std::string> found;
    for (const Cell& cell : row.cells)
        found.push_back(shown(cell.column));
    for (const auto& [role, column] : m_mapped) {
        if (row.find(column))
            continue;
        const std::string near = nearest(shown(column), found);
        const bool optional = role == "input" || role == "system" || role == "history";
        if (optional && near.empty())
            continue; // JSON rows may leave it out
        refuse(file, row,
            fmt::format("data.columns takes {} from \"{}\", but there is no such column; {}", role, shown(column),
                columnsFound(row)),
            near.empty() ? "name one of these columns in data.columns" : fmt::format("perhaps \"{}\" was meant", near));
    }
    if (m_format != "auto") {
        const auto* known
            = std::ranges::find(kFormats, std::string_view(m_format), &std::pair<RowFormat, std::string_view>::second);
        return {known->first, "data.format says so"};
    }
    for (const auto& [role, format] : std::initializer_list<std::pair<std::string_view, RowFormat>>{
             {"prompt", RowFormat::promptCompletion}, {"completion", RowFormat::promptCompletion},
             {"messages", RowFormat::messages}, {"conversations", RowFormat::sharegpt},
             {"instruction", RowFormat::alpaca}, {"output", RowFormat::alpaca}, {"text", RowFormat::text}})
        if (m_mapped.contains(std::string(role)))
            return {format, fmt::format("data.columns names a column for {}", role)};

    const auto has = [&](std::string_view column) { return row.find(column) != nullptr; };
    if (has("prompt") && has("completion"))
        return {RowFormat::promptCompletion,
            row.find("prompt")->kind == CellKind::list
                ? "the first row has the columns prompt and completion, both lists of messages"
                : "the first row has the columns prompt and completion"};
    if (isListLike(row.find("messages")))
        return {RowFormat::messages, "the first row has the column messages, a list"};
    if (isListLike(row.find("conversations")))
        return {RowFormat::sharegpt, "the first row has the column conversations, a list"};
    if (has("instruction") && has("output"))
        return {RowFormat::alpaca,
            has("input") ? "the first row has the columns instruction, input and output"
                         : "the first row has the columns instruction and output"};
    if (has("text") && !has("prompt") && !has("completion"))
        return {RowFormat::text, "the first row has the column text"};
    if (has("prompt") || has("completion"))
        refuse(file, row,
            fmt::format("the row has no {}; {}", has("prompt") ? "completion" : "prompt", columnsFound(row)), kMapHint);
    refuse(file, row, fmt::format("no known format fits the row; {}", columnsFound(row)),
        "name the columns in data.columns, such as {prompt: question, completion: answer}");
}

RowContent ColumnMap::content(const Row& row, RowFormat format, std::string_view file) const
{
    const Reading reading(*this, row, file);
    RowContent content;
    content.line = row.line;
    content.unit = row.unit;
    std::vector<std::pair<std::string, std::string>> history;
    std::string system;
    std::string instruction;
    std::string input;

    switch (format) {
    case RowFormat::text: content.completion = reading.text("text"); return content;
    case RowFormat::messages: content.messages = reading.messages("messages"); break;
    case RowFormat::sharegpt:
        content.messages = reading.messages("conversations");
        if (system = reading.optionalText("system"); !system.empty())
            content.messages.insert(content.messages.begin(), message("system", std::move(system)));
        break;
    case RowFormat::promptCompletion: {
        content.hasPrompt = true;
        const Cell& prompt = reading.need("prompt");
        const Cell& completion = reading.need("completion");
        if (prompt.kind == CellKind::list && completion.kind == CellKind::list) {
            content.messages = reading.messages("prompt");
            content.promptMessages = content.messages.size();
            for (ordered_json& item : reading.messages("completion"))
                content.messages.push_back(std::move(item));
            break;
        }
        if (prompt.kind == CellKind::list || completion.kind == CellKind::list)
            refuse(file, row, "one of prompt and completion holds messages and the other does not",
                "give both as text or both as lists of messages");
        content.prompt = reading.text("prompt");
        content.completion = reading.text("completion");
        instruction = content.prompt;
        break;
    }
    case RowFormat::alpaca:
        content.hasPrompt = true;
        instruction = reading.text("instruction");
        input = reading.optionalText("input");
        system = reading.optionalText("system");
        history = reading.history();
        content.completion = reading.text("output");
        if (!m_templateNamed)
            content.prompt = alpacaPrompt(system, history, instruction, input);
        break;
    }

    if (content.messages.is_null()) {
        if (!m_templateNamed)
            return content;
        content.messages = ordered_json::array();
        if (!system.empty())
            content.messages.push_back(message("system", std::move(system)));
        for (auto& [question, answer] : history) {
            content.messages.push_back(message("user", std::move(question)));
            content.messages.push_back(message("assistant", std::move(answer)));
        }
        content.messages.push_back(message("user", input.empty() ? instruction : instruction + "\n" + input));
        content.promptMessages = content.messages.size();
        content.messages.push_back(message("assistant", content.completion));
    }
    content.isConversation = true;
    const auto extra = [&](std::string_view column, CellKind kind) {
        ordered_json value;
        if (const Cell* cell = row.find(column); cell && !isBlank(*cell))
            if (std::string problem = jsonOf(*cell, kind, value); !problem.empty())
                refuse(file, row, fmt::format("the row's {}: {}", column, problem),
                    "correct the row, or set data.on_bad_row to skip");
        return value;
    };
    content.tools = extra("tools", CellKind::list);
    content.variables = extra("chat_template_kwargs", CellKind::object);
    return content;
}

} // namespace falconer
