// SPDX-License-Identifier: Apache-2.0
#include "core/text/code_set.h"

#include <algorithm>

namespace falconer {

CodeSet CodeSet::having(unicode::Mask any)
{
    CodeSet set;
    char32_t first = 0;
    for (const unicode::Run& run : unicode::kindRuns()) {
        if ((unicode::kindMasks()[run.kind] & any) != 0)
            set.add(first, first + run.length - 1);
        first += run.length;
    }
    return set;
}

void CodeSet::add(const CodeSet& other)
{
    m_ranges.insert(m_ranges.end(), other.m_ranges.begin(), other.m_ranges.end());
}

CodeSet CodeSet::complement() const
{
    CodeSet rest;
    char32_t next = 0;
    for (const auto& [first, last] : normalized()) {
        if (next < first)
            rest.add(next, first - 1);
        next = last + 1;
    }
    if (next < unicode::kCodePoints)
        rest.add(next, unicode::kCodePoints - 1);
    return rest;
}

std::vector<CodeSet::Range> CodeSet::normalized() const
{
    auto sorted = m_ranges;
    std::sort(sorted.begin(), sorted.end());
    std::vector<Range> merged;
    for (const Range& range : sorted) {
        if (!merged.empty() && range.first <= merged.back().second + 1)
            merged.back().second = std::max(merged.back().second, range.second);
        else
            merged.push_back(range);
    }
    return merged;
}

} // namespace falconer
