// SPDX-License-Identifier: Apache-2.0
#include "core/data/columns.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace falconer {
namespace {

constexpr std::size_t kColumnsShown = 12;
constexpr std::size_t kNameShown = 40; // bytes

/// A column name from a stranger's file, fit for one line of a message.
std::string shown(std::string_view column)
{
    std::string text(column.substr(0, kNameShown));
    text.resize(completeUtf8Prefix(text));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return text.size() < column.size() ? text + "…" : text;
}

std::string columnsOf(const Row& row)
{
    std::vector<std::string> names;
    for (const Cell& cell : row.cells) {
        if (names.size() == kColumnsShown) {
            names.push_back(fmt::format("{} more", row.cells.size() - kColumnsShown));
            break;
        }
        names.push_back(shown(cell.column));
    }
    return names.empty() ? "none" : join(names);
}

bool isMessages(const Cell* cell) { return cell && cell->kind == CellKind::list; }

[[noreturn]] void refuse(std::string_view file, const Row& row, std::string problem, std::string fix)
{
    throw Error(ErrorCode::dataInvalid, place(file, row.line), std::move(problem), std::move(fix));
}

} // namespace

ColumnMap::ColumnMap(const DataSettings& settings)
{
    std::vector<Fault> faults;
    const auto fault = [&](std::string key, std::string problem, std::string fix) {
        faults.push_back({ErrorCode::recipeInvalid, std::move(key), std::move(problem), std::move(fix)});
    };
    if (settings.format != "auto" && settings.format != "prompt-completion")
        fault("data.format", fmt::format("{} is not available in this version", settings.format),
            "use prompt-completion");
    if (settings.templateName != "auto" && settings.templateName != "none")
        fault("data.template", "chat templates are not available in this version", "use none");
    for (const auto& [role, column] : settings.columns) {
        if (role == "prompt")
            m_prompt = column;
        else if (role == "completion")
            m_completion = column;
        else
            fault("data.columns", fmt::format("\"{}\" is not a role", shown(role)),
                "the roles are prompt and completion");
    }
    if (!faults.empty())
        throw Error(std::move(faults));
}

TextRow ColumnMap::texts(const Row& row, std::string_view file) const
{
    const Cell* prompt = row.find(m_prompt);
    const Cell* completion = row.find(m_completion);

    if (isMessages(prompt) || isMessages(completion))
        refuse(file, row,
            fmt::format("\"{}\" holds messages, not text; they need a chat template, which this version does not have",
                shown(isMessages(prompt) ? m_prompt : m_completion)),
            "write prompt and completion as text");
    if (!prompt) {
        for (const std::string_view column : {"messages", "conversations"})
            if (row.find(column))
                refuse(file, row,
                    fmt::format(
                        "the row holds \"{}\", which need a chat template; this version does not have them", column),
                    "give rows with prompt and completion as text");
        if (!completion && row.find("text"))
            refuse(file, row, "the row holds plain \"text\", which this version does not train on",
                "give rows with prompt and completion as text");
    }
    for (const auto& [cell, role, column] :
        {std::tuple(prompt, "prompt", &m_prompt), std::tuple(completion, "completion", &m_completion)}) {
        const std::string as = *column == role ? std::string() : fmt::format(" (column \"{}\")", shown(*column));
        if (!cell)
            refuse(file, row, fmt::format("the row has no {}{}; columns found: {}", role, as, columnsOf(row)),
                "map the column with data.columns, or set data.on_bad_row to skip");
        if (cell->kind != CellKind::text)
            refuse(file, row, fmt::format("the row's {}{} is {}, not text", role, as, name(cell->kind)),
                "correct the row, map another column with data.columns, or set data.on_bad_row to skip");
    }

    return {prompt->text, completion->text, row.line};
}

} // namespace falconer
