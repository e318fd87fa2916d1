// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What the reference tokenizer library takes each code point for. Its parts carry different Unicode releases, none of
/// them the system's, so the tables are probed from the library (tests/oracle/text_unicode_tables.py).
namespace falconer::unicode {

/// A set of properties of one code point; the bit order is the generator's.
using Mask = std::uint64_t;

// clang-format off
enum class Bit : unsigned {
    // general categories, as the regular expression engine (Oniguruma) has them
    Lu, Ll, Lt, Lm, Lo, Mn, Mc, Me, Nd, Nl, No, Pc, Pd, Ps, Pe, Pi, Pf, Po, Sm, Sc, Sk, So, Zs, Zl, Zp, Cc, Cf, Co,
    // scripts, the same engine
    Latin, Greek, Cyrillic, Arabic, Hebrew, Thai, Devanagari, Han, Hiragana, Katakana, Hangul,
    space,          ///< \s of the engine
    word,           ///< \w of the engine
    rustNumeric,    ///< the pre-tokenizer Digits
    oldPunctuation, ///< the pre-tokenizer Punctuation
    regexWord,      ///< \w of the pre-tokenizer Whitespace and of single_word
    regexSpace      ///< \s of the same, and what lstrip and rstrip swallow
};
// clang-format on

constexpr Mask mask(Bit bit) { return Mask{1} << static_cast<unsigned>(bit); }
constexpr Mask maskRange(Bit first, Bit last) { return (mask(last) << 1) - mask(first); }

inline constexpr Mask kLetter = maskRange(Bit::Lu, Bit::Lo);
inline constexpr Mask kMark = maskRange(Bit::Mn, Bit::Me);
inline constexpr Mask kNumber = maskRange(Bit::Nd, Bit::No);
inline constexpr Mask kPunctuation = maskRange(Bit::Pc, Bit::Po);
inline constexpr Mask kSymbol = maskRange(Bit::Sm, Bit::So);
inline constexpr Mask kSeparator = maskRange(Bit::Zs, Bit::Zp);
inline constexpr Mask kSpace = mask(Bit::space);
inline constexpr Mask kWord = mask(Bit::word);
inline constexpr Mask kRustNumeric = mask(Bit::rustNumeric);
inline constexpr Mask kOldPunctuation = mask(Bit::oldPunctuation);
inline constexpr Mask kRegexWord = mask(Bit::regexWord);
inline constexpr Mask kRegexSpace = mask(Bit::regexSpace);

inline constexpr char32_t kCodePoints = 0x110000;

/// Consecutive code points of one kind; all runs together cover U+0000 to U+10FFFF.
struct Run {
    std::uint32_t length;
    std::uint8_t kind; ///< index into kindMasks()
};
std::span<const std::uint64_t> kindMasks();
std::span<const Run> kindRuns();

/// The property that \p{name} asks for: a general category, its first letter (the C family excepted, which holds what
/// the tables leave out), or one of the scripts above; nothing for any other name.
std::optional<Mask> namedProperty(std::string_view name);

/// All properties of a code point; none above U+10FFFF.
Mask properties(char32_t code);
inline bool is(char32_t code, Mask any) { return (properties(code) & any) != 0; }

/// Reads the code point at `at` of well-formed UTF-8 and moves `at` behind it.
char32_t next(std::string_view text, std::size_t& at);
/// Reads the code point that ends before `at` of well-formed UTF-8 and moves `at` to its start.
char32_t previous(std::string_view text, std::size_t& at);
void append(std::string& text, char32_t code);
std::u32string toCodePoints(std::string_view text);

/// GPT-2's byte alphabet: a printable character for each byte, and back.
char32_t byteCharacter(std::uint8_t byte);
/// The byte of a character of that alphabet, or -1.
int characterByte(char32_t code);
/// Every byte of `text` as its character, in UTF-8.
std::string toByteCharacters(std::string_view text);
/// Appends the bytes that `piece` stands for; false (and nothing appended) when a character is not of the alphabet.
bool appendBytes(std::string_view piece, std::string& out);

} // namespace falconer::unicode
