// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace falconer::cli {

/// Columns that a UTF-8 text takes on a terminal, every character counted as one.
std::size_t displayWidth(std::string_view text);

/// At most `width` columns of it; what was cut is marked by an ellipsis.
std::string cutTo(std::string_view text, std::size_t width);

/// Filled up with spaces to `width` columns.
std::string padRight(std::string_view text, std::size_t width);
std::string padLeft(std::string_view text, std::size_t width);

/// Text from a file made safe for one line of a terminal: a line break becomes "⏎", a tab "⇥", any other control
/// character "�". Ill-formed UTF-8 is replaced.
std::string onOneLine(std::string_view text);

/// Rows in aligned columns, a header above them.
class TextTable {
public:
    struct Column {
        std::string title;
        bool number = false; ///< flush right
    };

    explicit TextTable(std::vector<Column> columns);
    /// One cell a column.
    void add(std::vector<std::string> cells);
    std::string text() const;

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace falconer::cli
