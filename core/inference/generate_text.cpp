// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate_text.h"

#include "core/base/text.h"

#include <algorithm>
#include <utility>

namespace falconer {

bool AnswerText::append(std::string_view bytes)
{
    const std::size_t before = m_bytes.size();
    m_bytes += bytes;
    std::size_t cut = std::string::npos;
    std::size_t earliestEnd = std::string::npos;
    for (const std::string& stop : m_stops) {
        // It cannot lie in front of the new bytes as a whole, or it would have been found there.
        const std::size_t from = before - std::min(before, stop.size() - 1);
        const std::size_t begin = m_bytes.find(stop, from);
        if (begin == std::string::npos)
            continue;
        const std::size_t end = begin + stop.size();
        if (end < earliestEnd || (end == earliestEnd && begin < cut)) {
            cut = begin;
            earliestEnd = end;
        }
    }
    if (cut == std::string::npos)
        return false;
    m_bytes.resize(cut);
    return true;
}

std::string AnswerText::take()
{
    std::size_t held = 0; // bytes at the end that a stop string may start with
    for (const std::string& stop : m_stops)
        for (std::size_t length = std::min(stop.size() - 1, m_bytes.size()); length > held; --length)
            if (std::string_view(m_bytes).substr(m_bytes.size() - length) == std::string_view(stop).substr(0, length))
                held = length;
    return takeUpTo(completeUtf8Prefix(std::string_view(m_bytes).substr(0, m_bytes.size() - held)));
}

std::string AnswerText::takeRest() { return takeUpTo(m_bytes.size()); }

std::string AnswerText::whole() const { return toValidUtf8(m_bytes); }

std::string AnswerText::takeUpTo(std::size_t end)
{
    if (end <= m_shown)
        return {};
    const std::size_t begin = std::exchange(m_shown, end);
    return toValidUtf8(std::string_view(m_bytes).substr(begin, end - begin));
}

} // namespace falconer
