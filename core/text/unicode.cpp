// SPDX-License-Identifier: Apache-2.0
#include "core/text/unicode.h"

#include <vector>

namespace falconer::unicode {
namespace {

// One byte a code point: 1.1 MB once a process, and a look-up without a search.
std::vector<std::uint8_t> expandRuns()
{
    std::vector<std::uint8_t> kinds;
    kinds.reserve(kCodePoints);
    for (const Run& run : kindRuns())
        kinds.insert(kinds.end(), run.length, run.kind);
    return kinds;
}

struct ByteAlphabet {
    std::array<char32_t, 256> characters{};
    std::array<int, 0x144> bytes{}; // U+0143 is the last character of the alphabet

    ByteAlphabet()
    {
        bytes.fill(-1);
        char32_t substitute = 0x100;
        for (unsigned byte = 0; byte < 256; ++byte) {
            const bool printable
                = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
            characters[byte] = printable ? byte : substitute++;
            bytes[characters[byte]] = static_cast<int>(byte);
        }
    }
};

const ByteAlphabet& alphabet()
{
    static const ByteAlphabet kAlphabet;
    return kAlphabet;
}

unsigned byteAt(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

} // namespace

std::optional<Mask> namedProperty(std::string_view name)
{
    // clang-format off
    static constexpr std::array<std::string_view, 39> kNames = { // in the order of Bit
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co",
        "Latin", "Greek", "Cyrillic", "Arabic", "Hebrew", "Thai", "Devanagari", "Han", "Hiragana", "Katakana", "Hangul"};
    // clang-format on
    static_assert(kNames.size() == static_cast<std::size_t>(Bit::Hangul) + 1);
    if (name.size() == 1) {
        switch (name.front()) {
        case 'L': return kLetter;
        case 'M': return kMark;
        case 'N': return kNumber;
        case 'P': return kPunctuation;
        case 'S': return kSymbol;
        case 'Z': return kSeparator;
        default: return std::nullopt;
        }
    }
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name)
            return Mask{1} << i;
    return std::nullopt;
}

Mask properties(char32_t code)
{
    static const std::vector<std::uint8_t> kKinds = expandRuns();
    return code < kCodePoints ? kindMasks()[kKinds[code]] : 0;
}

char32_t next(std::string_view text, std::size_t& at)
{
    const unsigned lead = byteAt(text, at++);
    if (lead < 0x80)
        return lead;
    // Bounds are checked although the text is well-formed: a decoder may see part of a character.
    const auto tail = [&] { return at < text.size() ? byteAt(text, at++) & 0x3F : 0; };
    if (lead < 0xE0)
        return (lead & 0x1F) << 6 | tail();
    if (lead < 0xF0) {
        const unsigned high = (lead & 0x0F) << 12;
        const unsigned middle = tail() << 6;
        return high | middle | tail();
    }
    const unsigned high = (lead & 0x07) << 18;
    const unsigned upper = tail() << 12;
    const unsigned middle = tail() << 6;
    return high | upper | middle | tail();
}

char32_t previous(std::string_view text, std::size_t& at)
{
    do
        --at;
    while (at > 0 && (byteAt(text, at) & 0xC0) == 0x80);
    std::size_t start = at;
    return next(text, start);
}

void append(std::string& text, char32_t code)
{
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

std::u32string toCodePoints(std::string_view text)
{
    std::u32string codes;
    codes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        codes.push_back(next(text, at));
    return codes;
}

char32_t byteCharacter(std::uint8_t byte) { return alphabet().characters[byte]; }

int characterByte(char32_t code)
{
    const auto& bytes = alphabet().bytes;
    return code < bytes.size() ? bytes[code] : -1;
}

std::string toByteCharacters(std::string_view text)
{
    std::string mapped;
    mapped.reserve(text.size() + text.size() / 2);
    for (const char byte : text)
        append(mapped, byteCharacter(static_cast<std::uint8_t>(byte)));
    return mapped;
}

bool appendBytes(std::string_view piece, std::string& out)
{
    const std::size_t before = out.size();
    for (std::size_t at = 0; at < piece.size();) {
        const int byte = characterByte(next(piece, at));
        if (byte < 0) {
            out.resize(before);
            return false;
        }
        out.push_back(static_cast<char>(byte));
    }
    return true;
}

} // namespace falconer::unicode
