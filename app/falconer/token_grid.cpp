// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/token_grid.h"

#include "app/falconer/text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace falconer::cli
{
namespace
{

constexpr std::size_t kBarWidth = 40;

std::string cellText(const PreviewToken& token)
{
    if (token.text.empty())
        return "…";
    std::string cell;
    for (const char c : onOneLine(token.text)) {
        if (c == ' ')
            cell += "·";
        else
            cell += c;
    }
    return cell;
}

} // namespace

std::string tokenGrid(std::span<const PreviewToken> tokens, std::size_t width)
{
    static constexpr std::string_view kTitles[] = {"  text  ", "  id    ", "  learn "};
    const std::size_t room = std::max<std::size_t>(width, 40) - kTitles[0].size();
    std::string grid;
    for (std::size_t next = 0; next < tokens.size();) {
        std::string lines[] = {std::string(kTitles[0]), std::string(kTitles[1]), std::string(kTitles[2])};
        for (std::size_t used = 0; next < tokens.size(); ++next) {
            const std::string text = cellText(tokens[next]);
            const std::string id = std::to_string(tokens[next].id);
            const std::size_t cell = std::max(displayWidth(text), id.size());
            if (used > 0 && used + cell > room)
                break;
            used += cell + 1;
            lines[0] += padRight(text, cell) + " ";
            lines[1] += padRight(id, cell) + " ";
            lines[2] += std::string(cell, tokens[next].learned ? '^' : ' ') + " ";
        }
        for (std::string& line : lines) {
            line.erase(line.find_last_not_of(' ') + 1);
            grid += line + "\n";
        }
    }
    return grid;
}

std::string histogramText(const LengthHistogram& lengths)
{
    std::string text;
    if (lengths.counts.empty())
        return text;
    const std::int64_t most
        = std::max<std::int64_t>(*std::max_element(lengths.counts.begin(), lengths.counts.end()), 1);
    const std::size_t digits = std::to_string(lengths.edges.back()).size();
    for (std::size_t i = 0; i < lengths.counts.size(); ++i) {
        const auto share = static_cast<double>(lengths.counts[i]) / static_cast<double>(most);
        auto bar = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
        if (lengths.counts[i] > 0)
            bar = std::max<std::size_t>(bar, 1); // no bucket that has rows looks empty
        const std::string from = padLeft(std::to_string(lengths.edges[i]), digits);
        const std::string to = padLeft(std::to_string(lengths.edges[i + 1] - 1), digits);
        text += fmt::format(
            "  {} to {}  {} {}\n", from, to, padRight(std::string(bar, '#'), kBarWidth), lengths.counts[i]);
    }
    return text;
}

} // namespace falconer::cli
