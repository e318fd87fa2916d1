// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

/// How Python changes the case of a character; the tables are written by tests/oracle/chat_templates_unicode.py.
namespace falconer::jinja {

/// Code points first, first + step, … last: each becomes itself plus `delta`.
struct CaseRun {
    std::uint32_t first, last, step;
    std::int32_t delta;
};
/// One that becomes two or three; the rest is 0.
struct CaseExpansion {
    std::uint32_t code;
    std::array<std::uint32_t, 3> becomes;
};
struct CodeRange {
    std::uint32_t first, last;
};
struct CaseTable {
    std::span<const CaseRun> runs;
    std::span<const CaseExpansion> expansions;
};
struct CaseTables {
    CaseTable upper, lower, title;
    std::span<const CodeRange> upperCodes, lowerCodes, titleCodes;
    std::span<const CodeRange> ignorable; ///< what a final sigma looks through
};
const CaseTables& caseTables();

} // namespace falconer::jinja
