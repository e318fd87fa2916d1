// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// The text of an answer while it is made, token by token: where a stop string ends it, and how much of it may be
/// shown. What is shown is never taken back: a character is shown when all of its bytes are there, and what may turn
/// out to be the start of a stop string when it no longer can. Depends on the bytes alone, not on how tokens divide
/// them.
class AnswerText {
public:
    explicit AnswerText(std::span<const std::string> stopStrings)
        : m_stops(stopStrings.begin(), stopStrings.end())
    {
    }

    /// Adds a token's bytes. Returns true when they complete a stop string: the text is then cut in front of it. Of
    /// several, the one that is complete first counts, and of those the longest.
    bool append(std::string_view bytes);

    /// What may be shown now and was not yet; well-formed UTF-8.
    std::string take();
    /// All that was not shown yet; a character that stayed unfinished becomes U+FFFD.
    std::string takeRest();

    /// Everything, as well-formed UTF-8.
    std::string whole() const;

private:
    std::string takeUpTo(std::size_t end);

    std::vector<std::string> m_stops;
    std::string m_bytes;
    std::size_t m_shown = 0;
};

} // namespace falconer
