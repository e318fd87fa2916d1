// SPDX-License-Identifier: Apache-2.0
#include "core/data/row.h"

#include <fmt/format.h>

namespace falconer {

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

std::string place(std::string_view file, std::int64_t line, RowUnit unit)
{
    return fmt::format("{}, {} {}", file, unit == RowUnit::line ? "line" : "row", line);
}

} // namespace falconer
