// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_text.h"

#include "core/text/jinja_case.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <algorithm>

namespace falconer::jinja {
namespace {

bool contains(std::span<const CodeRange> ranges, char32_t code)
{
    const auto next = std::upper_bound(ranges.begin(), ranges.end(), code,
        [](char32_t wanted, const CodeRange& range) { return wanted < range.first; });
    return next != ranges.begin() && code <= std::prev(next)->last;
}

void appendChanged(std::string& out, const CaseTable& table, char32_t code)
{
    const auto run = std::upper_bound(table.runs.begin(), table.runs.end(), code,
        [](char32_t wanted, const CaseRun& candidate) { return wanted < candidate.first; });
    if (run != table.runs.begin()) {
        const CaseRun& found = *std::prev(run);
        if (code <= found.last && (code - found.first) % found.step == 0)
            return unicode::append(out, static_cast<char32_t>(static_cast<std::int64_t>(code) + found.delta));
    }
    const auto expansion = std::lower_bound(table.expansions.begin(), table.expansions.end(), code,
        [](const CaseExpansion& candidate, char32_t wanted) { return candidate.code < wanted; });
    if (expansion == table.expansions.end() || expansion->code != code)
        return unicode::append(out, code);
    for (const std::uint32_t part : expansion->becomes)
        if (part != 0)
            unicode::append(out, part);
}

bool isTitle(char32_t code) { return contains(caseTables().titleCodes, code); }
bool isCased(char32_t code) { return isUpper(code) || isLower(code) || isTitle(code); }

constexpr char32_t kSigma = 0x3A3, kFinalSigma = 0x3C2;

/// Whether the sigma that ends before byte `end` and begins at `begin` is the last letter of a word.
bool isFinalSigma(std::string_view text, std::size_t begin, std::size_t end)
{
    const auto& ignorable = caseTables().ignorable;
    bool before = false;
    for (std::size_t at = begin; at > 0;) {
        const char32_t code = unicode::previous(text, at);
        if (contains(ignorable, code))
            continue;
        before = isCased(code);
        break;
    }
    if (!before)
        return false;
    for (std::size_t at = end; at < text.size();) {
        const char32_t code = unicode::next(text, at);
        if (!contains(ignorable, code))
            return !isCased(code);
    }
    return true;
}

void appendLower(std::string& out, std::string_view text, std::size_t begin, std::size_t end, char32_t code)
{
    if (code == kSigma && isFinalSigma(text, begin, end))
        return unicode::append(out, kFinalSigma);
    appendChanged(out, caseTables().lower, code);
}

/// Every character through `change(out, begin, end, code)`.
template <class Change>
std::string changed(std::string_view text, const Change& change)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t code = unicode::next(text, at);
        change(out, begin, at, code);
    }
    return out;
}

bool isLineEnd(char32_t code)
{
    return (code >= 0x0A && code <= 0x0D) || (code >= 0x1C && code <= 0x1E) || code == 0x85 || code == 0x2028
        || code == 0x2029;
}

std::vector<std::string_view> splitAtBlanks(std::string_view text, std::int64_t limit)
{
    std::vector<std::string_view> parts;
    for (;;) {
        text = stripText(text, true, false);
        if (text.empty())
            return parts;
        if (limit >= 0 && static_cast<std::int64_t>(parts.size()) == limit) {
            parts.push_back(text);
            return parts;
        }
        std::size_t end = 0;
        while (end < text.size()) {
            std::size_t after = end;
            if (isSpace(unicode::next(text, after)))
                break;
            end = after;
        }
        parts.push_back(text.substr(0, end));
        text = text.substr(end);
    }
}

std::vector<std::string_view> splitAtBlanksFromRight(std::string_view text, std::int64_t limit)
{
    std::vector<std::string_view> parts;
    for (;;) {
        text = stripText(text, false, true);
        if (text.empty())
            break;
        if (limit >= 0 && static_cast<std::int64_t>(parts.size()) == limit) {
            parts.push_back(text);
            break;
        }
        std::size_t begin = text.size();
        while (begin > 0) {
            std::size_t before = begin;
            if (isSpace(unicode::previous(text, before)))
                break;
            begin = before;
        }
        parts.push_back(text.substr(begin));
        text = text.substr(0, begin);
    }
    std::reverse(parts.begin(), parts.end());
    return parts;
}

bool prints(char32_t code)
{
    if (code == ' ')
        return true;
    constexpr unicode::Mask kHidden = unicode::kSeparator | unicode::mask(unicode::Bit::Cc)
        | unicode::mask(unicode::Bit::Cf) | unicode::mask(unicode::Bit::Co);
    constexpr unicode::Mask kAssigned = unicode::maskRange(unicode::Bit::Lu, unicode::Bit::Co);
    const unicode::Mask properties = unicode::properties(code);
    return (properties & kHidden) == 0 && (properties & kAssigned) != 0;
}

} // namespace

bool isSpace(char32_t code)
{
    return (code >= 0x09 && code <= 0x0D) || (code >= 0x1C && code <= 0x20) || code == 0x85 || code == 0xA0
        || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F
        || code == 0x205F || code == 0x3000;
}

bool isUpper(char32_t code) { return contains(caseTables().upperCodes, code); }
bool isLower(char32_t code) { return contains(caseTables().lowerCodes, code); }

std::int64_t textLength(std::string_view text)
{
    return std::count_if(
        text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; });
}

std::size_t byteOffset(std::string_view text, std::int64_t index)
{
    std::size_t at = 0;
    for (; index > 0 && at < text.size(); --index)
        unicode::next(text, at);
    return at;
}

std::string_view stripText(std::string_view text, bool left, bool right, std::optional<std::string_view> characters)
{
    const auto strips = [&](char32_t code) {
        if (!characters)
            return isSpace(code);
        for (std::size_t at = 0; at < characters->size();)
            if (unicode::next(*characters, at) == code)
                return true;
        return false;
    };
    std::size_t begin = 0, end = text.size();
    while (left && begin < end) {
        std::size_t after = begin;
        if (!strips(unicode::next(text, after)))
            break;
        begin = after;
    }
    while (right && end > begin) {
        std::size_t before = end;
        if (!strips(unicode::previous(text, before)))
            break;
        end = before;
    }
    return text.substr(begin, end - begin);
}

std::string upperText(std::string_view text)
{
    return changed(text, [](std::string& out, std::size_t, std::size_t, char32_t code) {
        appendChanged(out, caseTables().upper, code);
    });
}

std::string lowerText(std::string_view text)
{
    return changed(text, [&](std::string& out, std::size_t begin, std::size_t end, char32_t code) {
        appendLower(out, text, begin, end, code);
    });
}

std::string capitalizeText(std::string_view text)
{
    return changed(text, [&](std::string& out, std::size_t begin, std::size_t end, char32_t code) {
        if (begin == 0)
            appendChanged(out, caseTables().title, code);
        else
            appendLower(out, text, begin, end, code);
    });
}

std::string titleText(std::string_view text)
{
    bool inside = false;
    return changed(text, [&](std::string& out, std::size_t begin, std::size_t end, char32_t code) {
        if (inside)
            appendLower(out, text, begin, end, code);
        else
            appendChanged(out, caseTables().title, code);
        inside = isCased(code);
    });
}

std::string swapcaseText(std::string_view text)
{
    return changed(text, [&](std::string& out, std::size_t begin, std::size_t end, char32_t code) {
        if (isUpper(code))
            appendLower(out, text, begin, end, code);
        else if (isLower(code))
            appendChanged(out, caseTables().upper, code);
        else
            unicode::append(out, code);
    });
}

std::vector<std::string_view> splitText(
    std::string_view text, std::optional<std::string_view> separator, std::int64_t limit, bool fromRight)
{
    if (!separator)
        return fromRight ? splitAtBlanksFromRight(text, limit) : splitAtBlanks(text, limit);
    std::vector<std::string_view> parts;
    const auto more = [&] { return limit < 0 || static_cast<std::int64_t>(parts.size()) < limit; };
    while (more()) {
        const std::size_t found = fromRight ? text.rfind(*separator) : text.find(*separator);
        if (found == std::string_view::npos)
            break;
        const std::string_view before = text.substr(0, found), after = text.substr(found + separator->size());
        parts.push_back(fromRight ? after : before);
        text = fromRight ? before : after;
    }
    parts.push_back(text);
    if (fromRight)
        std::reverse(parts.begin(), parts.end());
    return parts;
}

std::vector<std::string_view> splitLines(std::string_view text, bool keepEnds)
{
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = at;
        const char32_t code = unicode::next(text, at);
        if (!isLineEnd(code))
            continue;
        if (code == '\r' && at < text.size() && text[at] == '\n')
            ++at;
        lines.push_back(text.substr(begin, (keepEnds ? at : end) - begin));
        begin = at;
    }
    if (begin < text.size())
        lines.push_back(text.substr(begin));
    return lines;
}

std::size_t countText(std::string_view text, std::string_view part)
{
    if (part.empty())
        return static_cast<std::size_t>(textLength(text)) + 1;
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

std::string quoteText(std::string_view text)
{
    const char quote
        = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
    std::string out(1, quote);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = unicode::next(text, at);
        if (code == static_cast<char32_t>(quote) || code == '\\') {
            out.push_back('\\');
            out.push_back(static_cast<char>(code));
        } else if (code == '\n') {
            out += "\\n";
        } else if (code == '\r') {
            out += "\\r";
        } else if (code == '\t') {
            out += "\\t";
        } else if (prints(code)) {
            unicode::append(out, code);
        } else {
            const auto number = static_cast<std::uint32_t>(code);
            out += number < 0x100  ? fmt::format("\\x{:02x}", number)
                : number < 0x10000 ? fmt::format("\\u{:04x}", number)
                                   : fmt::format("\\U{:08x}", number);
        }
    }
    out.push_back(quote);
    return out;
}

std::string escapeHtml(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\'': out += "&#39;"; break;
        case '"': out += "&#34;"; break;
        default: out.push_back(c);
        }
    }
    return out;
}

} // namespace falconer::jinja
