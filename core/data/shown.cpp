// SPDX-License-Identifier: Apache-2.0
#include "core/data/shown.h"

#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace falconer {
namespace {

constexpr std::size_t kColumnsShown = 12;
constexpr std::size_t kNameShown = 40; // bytes

} // namespace

std::string shown(std::string_view name)
{
    std::string text(name.substr(0, kNameShown));
    text.resize(completeUtf8Prefix(text));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return text.size() < name.size() ? text + "…" : text;
}

std::string columnsFound(const Row& row)
{
    std::vector<std::string> names;
    for (const Cell& cell : row.cells) {
        if (names.size() == kColumnsShown) {
            names.push_back(fmt::format("{} more", row.cells.size() - kColumnsShown));
            break;
        }
        names.push_back(shown(cell.column));
    }
    return "columns found: " + (names.empty() ? "none" : join(names));
}

} // namespace falconer
