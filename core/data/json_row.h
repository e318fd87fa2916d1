// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace falconer {

/// Reads one JSON object, the whole of `text`, into the cells of `row`. Returns a clause about what is wrong, empty
/// when nothing is; `within` says what the text is ("line", "row") in it.
std::string parseJsonRow(std::string_view text, std::string_view within, Row& row);

/// Finds where a JSON value ends without understanding it, a piece of text at a time: brackets are counted, strings
/// passed over. What it finds may still be broken inside.
class JsonExtent {
public:
    /// Looks at `text` from where the last call stopped; `text` begins at the value's first character and has grown.
    /// True once the end is known: end() is one past the last character. A number or a word ends before the first
    /// comma, bracket or blank.
    bool find(std::string_view text);
    std::size_t end() const { return m_at; }

private:
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace falconer
