// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Python's string operations on UTF-8: lengths and positions count code points.
namespace falconer::jinja {

/// str.isspace() of one character, which is also \s of Python's regular expressions.
bool isSpace(char32_t code);
bool isUpper(char32_t code);
bool isLower(char32_t code);

std::int64_t textLength(std::string_view text);
/// The byte at which code point `index` begins; the size when there are fewer.
std::size_t byteOffset(std::string_view text, std::int64_t index);
/// Without the blanks at its ends (left, right), or without the characters of `characters`.
std::string_view stripText(
    std::string_view text, bool left, bool right, std::optional<std::string_view> characters = std::nullopt);

std::string upperText(std::string_view text);
std::string lowerText(std::string_view text);
/// The first character as in a title, the others lower: str.capitalize().
std::string capitalizeText(std::string_view text);
/// str.title(): every run of letters capitalized.
std::string titleText(std::string_view text);
std::string swapcaseText(std::string_view text);

/// str.split(separator, limit) and rsplit; without a separator at runs of blanks. A limit below 0 is none.
std::vector<std::string_view> splitText(
    std::string_view text, std::optional<std::string_view> separator, std::int64_t limit, bool fromRight = false);
std::vector<std::string_view> splitLines(std::string_view text, bool keepEnds);
/// str.replace; at most `limit` times, any number of times below 0. `grow` hears of the size before it is made.
template <class Grow>
std::string replaceText(
    std::string_view text, std::string_view from, std::string_view to, std::int64_t limit, const Grow& grow);
std::size_t countText(std::string_view text, std::string_view part);

/// repr() of a string: quotes, and escapes for what does not print.
std::string quoteText(std::string_view text);
/// &, <, >, ' and " as HTML writes them.
std::string escapeHtml(std::string_view text);

template <class Grow>
std::string replaceText(
    std::string_view text, std::string_view from, std::string_view to, std::int64_t limit, const Grow& grow)
{
    std::string out;
    if (from.empty()) { // between all characters
        grow(text.size() + (text.size() + 1) * to.size());
        std::int64_t done = 0;
        for (std::size_t at = 0; at <= text.size(); ++at) {
            const bool boundary = at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
            if (boundary && (limit < 0 || done < limit)) {
                out += to;
                ++done;
            }
            if (at < text.size())
                out.push_back(text[at]);
        }
        return out;
    }
    std::size_t at = 0;
    for (std::int64_t done = 0; limit < 0 || done < limit; ++done) {
        const std::size_t found = text.find(from, at);
        if (found == std::string_view::npos)
            break;
        grow(to.size() + found - at);
        out += text.substr(at, found - at);
        out += to;
        at = found + from.size();
    }
    out += text.substr(at);
    return out;
}

} // namespace falconer::jinja
