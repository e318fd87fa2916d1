// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/unicode.h"

#include <utility>
#include <vector>

namespace falconer {

/// Code points as ranges, both ends included: what a character class of a regular expression stands for.
class CodeSet {
public:
    using Range = std::pair<char32_t, char32_t>;

    /// Every code point that has one of the properties.
    static CodeSet having(unicode::Mask any);

    void add(char32_t first, char32_t last) { m_ranges.emplace_back(first, last); }
    void add(const CodeSet& other);
    CodeSet complement() const;
    /// In order, apart and not touching.
    std::vector<Range> normalized() const;

private:
    std::vector<Range> m_ranges;
};

} // namespace falconer
