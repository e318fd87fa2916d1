// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

enum class CellKind { text, number, boolean, null, list, object };

/// "text", "a number", "a list": as it is said in a message.
std::string_view name(CellKind kind);

/// One column of a row.
struct Cell {
    std::string column;
    CellKind kind = CellKind::null;
    std::string text; ///< of a text
    nlohmann::ordered_json value; ///< of everything else; keys stand in file order, as templates show them
};

/// What a file counts its rows in.
enum class RowUnit { line, row };

struct Row {
    std::int64_t line = 0; ///< 1-based: the line on which it starts, or its number where a file has no lines
    RowUnit unit = RowUnit::line;
    std::vector<Cell> cells; ///< in file order; of a repeated column the last value, as Python's json keeps it

    const Cell* find(std::string_view column) const;
};

/// "FILE, line 88" or "FILE, row 88".
std::string place(std::string_view file, std::int64_t line, RowUnit unit = RowUnit::line);

/// A row has no more columns than this; a member of a nested object neither: both are looked up by walking over them,
/// which must not become quadratic in a hostile file.
inline constexpr std::size_t kMaxColumns = 1000;
/// Real rows nest a handful of levels; a million brackets in a row are an attack or an accident.
inline constexpr int kMaxDepth = 64;
/// Nested values of a row: each takes some 60 bytes in memory however short it is in the file.
inline constexpr std::size_t kMaxValues = 1'000'000;

} // namespace falconer
