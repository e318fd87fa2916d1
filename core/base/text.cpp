// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <numeric>

namespace falconer {

namespace {

std::string lowerAscii(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// Edit distance with insertions, deletions, replacements and swaps of neighbours (optimal string alignment): a swap is
/// the commonest slip of the keyboard and must not count as two.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> beforeLast(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], beforeLast[j - 2] + 1);
        }
        beforeLast.swap(last);
        last.swap(current);
    }
    return last[b.size()];
}

struct Sequence {
    std::size_t length; ///< bytes of the sequence, or of its maximal ill-formed subpart
    enum { wellFormed, illFormed, unfinished } state;
};

/// Reads one UTF-8 sequence at `at` (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
Sequence sequenceAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80)
        return {1, Sequence::wellFormed};
    if (lead < 0xC2 || lead > 0xF4)
        return {1, Sequence::illFormed};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // only the second byte's range depends on the first
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i == text.size())
            return {i, Sequence::unfinished};
        if (byte(at + i) < low || byte(at + i) > high)
            return {i, Sequence::illFormed};
        low = 0x80;
        high = 0xBF;
    }
    return {length, Sequence::wellFormed};
}

/// The first byte at or after `at` that is not ASCII; eight bytes a step, since most text is.
std::size_t skipAscii(std::string_view text, std::size_t at)
{
    while (at + 8 <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        if (word & 0x8080808080808080u)
            break;
        at += 8;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80)
        ++at;
    return at;
}

} // namespace

std::string nearest(std::string_view word, std::span<const std::string> candidates)
{
    const std::string wanted = lowerAscii(word);
    const std::string* best = nullptr;
    std::size_t bestDistance = 0;
    for (const std::string& candidate : candidates) {
        // A third of the longer word may differ: beyond that a suggestion confuses more than it helps.
        const std::size_t longer = std::max(wanted.size(), candidate.size());
        const std::size_t allowed = longer / 3;
        if (longer - std::min(wanted.size(), candidate.size()) > allowed)
            continue;
        const std::size_t distance = editDistance(wanted, lowerAscii(candidate));
        if (distance <= allowed && (!best || distance < bestDistance)) {
            best = &candidate;
            bestDistance = distance;
        }
    }
    return best ? *best : std::string();
}

std::size_t findInvalidUtf8(std::string_view text)
{
    for (std::size_t at = skipAscii(text, 0); at < text.size(); at = skipAscii(text, at)) {
        const Sequence sequence = sequenceAt(text, at);
        if (sequence.state != Sequence::wellFormed)
            return at;
        at += sequence.length;
    }
    return std::string_view::npos;
}

std::string toValidUtf8(std::string_view bytes)
{
    std::string valid;
    valid.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t ascii = skipAscii(bytes, at);
        valid.append(bytes, at, ascii - at);
        at = ascii;
        if (at == bytes.size())
            break;
        const Sequence sequence = sequenceAt(bytes, at);
        if (sequence.state == Sequence::wellFormed)
            valid.append(bytes, at, sequence.length);
        else
            valid += "\xEF\xBF\xBD";
        at += sequence.length;
    }
    return valid;
}

std::size_t completeUtf8Prefix(std::string_view bytes)
{
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const std::size_t at = bytes.size() - back;
        if ((static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80)
            continue; // a continuation byte: its lead lies further back
        const Sequence sequence = sequenceAt(bytes, at);
        return sequence.state == Sequence::unfinished && sequence.length == back ? at : bytes.size();
    }
    return bytes.size();
}

std::string utcTime(std::time_t time)
{
    std::tm parts{};
    if (!gmtime_r(&time, &parts))
        return {};
    char text[64];
    return std::string(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts));
}

std::string join(std::span<const std::string> items)
{
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

std::string join(std::span<const std::string> items, std::string_view separator)
{
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            text += separator;
        text += items[i];
    }
    return text;
}

} // namespace falconer
