// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/text_table.h"

#include "core/base/text.h"

#include <algorithm>
#include <utility>

namespace falconer::cli {
namespace {

bool startsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

} // namespace

std::size_t displayWidth(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCharacter));
}

std::string cutTo(std::string_view text, std::size_t width)
{
    if (displayWidth(text) <= width)
        return std::string(text);
    if (width == 0)
        return {};
    std::size_t characters = 0;
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        if (startsCharacter(text[end]) && characters++ == width - 1)
            break;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string padRight(std::string_view text, std::size_t width)
{
    const std::size_t used = displayWidth(text);
    return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

std::string padLeft(std::string_view text, std::size_t width)
{
    const std::size_t used = displayWidth(text);
    return std::string(width > used ? width - used : 0, ' ') + std::string(text);
}

std::string onOneLine(std::string_view text)
{
    const std::string valid = toValidUtf8(text);
    std::string line;
    for (std::size_t i = 0; i < valid.size(); ++i) {
        const auto byte = static_cast<unsigned char>(valid[i]);
        const bool secondControlBlock = byte == 0xC2 && static_cast<unsigned char>(valid[i + 1]) < 0xA0;
        if (byte == '\n')
            line += "⏎";
        else if (byte == '\t')
            line += "⇥";
        else if (byte < 0x20 || byte == 0x7F || secondControlBlock)
            line += "\uFFFD";
        else
            line += valid[i];
        if (secondControlBlock)
            ++i;
    }
    return line;
}

TextTable::TextTable(std::vector<Column> columns)
    : m_columns(std::move(columns))
{
}

void TextTable::add(std::vector<std::string> cells)
{
    for (std::string& cell : cells)
        cell = onOneLine(cell);
    cells.resize(m_columns.size());
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::size_t width = displayWidth(m_columns[i].title);
        for (const auto& row : m_rows)
            width = std::max(width, displayWidth(row[i]));
        widths.push_back(width);
    }
    std::string text;
    const auto addLine = [&](const auto& cellOf) {
        std::string line;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const std::string& cell = cellOf(i);
            line += (i == 0 ? "" : "  ") + (m_columns[i].number ? padLeft(cell, widths[i]) : padRight(cell, widths[i]));
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    addLine([&](std::size_t i) -> const std::string& { return m_columns[i].title; });
    for (const auto& row : m_rows)
        addLine([&](std::size_t i) -> const std::string& { return row[i]; });
    return text;
}

} // namespace falconer::cli
