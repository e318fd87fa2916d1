// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/token_grid.h"

#include "app/falconer/text_table.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace falconer::cli {
namespace {

constexpr std::size_t kBarWidth = 40;
constexpr std::size_t kMostBars = 16;

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
    // Fewer bars than a chart would have: neighbours are taken together.
    const std::size_t buckets = lengths.counts.size();
    const std::size_t together = (buckets + kMostBars - 1) / kMostBars;
    std::vector<std::int64_t> counts;
    for (std::size_t first = 0; first < buckets; first += together) {
        const std::size_t last = std::min(first + together, buckets);
        counts.push_back(std::accumulate(lengths.counts.begin() + static_cast<std::ptrdiff_t>(first),
            lengths.counts.begin() + static_cast<std::ptrdiff_t>(last), std::int64_t{0}));
    }

    std::string text;
    const std::int64_t most = counts.empty() ? 1 : *std::max_element(counts.begin(), counts.end());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::int64_t from = lengths.edges[i * together];
        const std::int64_t to = lengths.edges[std::min((i + 1) * together, buckets)] - 1;
        const double share = static_cast<double>(counts[i]) / static_cast<double>(most);
        auto bar = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
        if (counts[i] > 0)
            bar = std::max<std::size_t>(bar, 1); // what has rows never looks empty
        const std::size_t digits = std::to_string(lengths.edges.back()).size();
        text += "  " + padLeft(std::to_string(from), digits) + " to " + padLeft(std::to_string(to), digits) + "  "
            + padRight(std::string(bar, '#'), kBarWidth) + " " + std::to_string(counts[i]) + "\n";
    }
    return text;
}

} // namespace falconer::cli
