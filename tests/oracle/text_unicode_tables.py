# SPDX-License-Identifier: Apache-2.0
"""Writes core/text/unicode_tables.cpp: what the reference `tokenizers` library takes each code point for.

Nothing here comes from a Unicode data file. Every class is probed through the library itself, because its parts carry
different releases of Unicode: Oniguruma (Split), Rust's standard library (Digits), the crate unicode_categories
(Punctuation) and the crate regex (Whitespace; the same engine judges single_word and strips blanks of added tokens).

    $FALCONER_ORACLE_PYTHON tests/oracle/text_unicode_tables.py core/text/unicode_tables.cpp
"""
import sys
import tokenizers
from tokenizers import Regex, pre_tokenizers as pre

LIMIT = 0x110000
CODES = [c for c in range(LIMIT) if not 0xD800 <= c < 0xE000]
TEXT = "".join(map(chr, CODES))
SURROUNDED = " ".join(f"a{chr(c)}a" for c in CODES)  # every fourth character, from the second on, is the probed one

# The order is the order of the bits: keep it equal to the enumeration in core/text/unicode.h.
CATEGORIES = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co".split()
SCRIPTS = "Latin Greek Cyrillic Arabic Hebrew Thai Devanagari Han Hiragana Katakana Hangul".split()
OTHERS = "Space Word RustNumeric OldPunctuation RegexWord RegexSpace".split()


def engine(pattern, text=TEXT):
    """The code points that an Oniguruma pattern of one character matches."""
    split = pre.Split(Regex(pattern), "removed", invert=True)
    return {ord(piece) for piece, _ in split.pre_tokenize_str(text)}


def isolated(splitter):
    """Code points that a class-based splitter cuts off when they stand between two letters."""
    return {ord(piece) for piece, (begin, end) in splitter.pre_tokenize_str(SURROUNDED) if end - begin == 1 and begin % 4 == 1}


def words_and_spaces():
    r"""Word characters and blanks of the crate regex, through the pattern \w+|[^\w\s]+ of Whitespace."""
    words, others = set(), set()
    for piece, (begin, end) in pre.Whitespace().pre_tokenize_str(SURROUNDED):
        if end - begin == 3:
            words.add(ord(piece[1]))
        elif begin % 4 == 1:
            others.add(ord(piece))
    return words, set(CODES) - words - others


def check_folds():
    """What (?i) does to ASCII letters is written by hand in core/text/regex_pattern.cpp; this is where it comes from."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for letter in letters:
        extra = engine(f"(?i:{letter})") - {ord(letter), ord(letter.upper())}
        assert extra == {"k": {0x212A}, "s": {0x17F}}.get(letter, set()), (letter, extra)
    ligatures = " ".join(chr(c) for c in CODES if len(chr(c).casefold()) > 1 and c > 127)
    pairs = {a + b for a in letters for b in letters
             if pre.Split(Regex(f"(?i:{a}{b})"), "removed", invert=True).pre_tokenize_str(ligatures)}
    assert pairs == {"ff", "fi", "fl", "ss", "st"}, pairs


def main():
    bits = {name: engine(rf"\p{{{name}}}") for name in CATEGORIES + SCRIPTS}
    bits["Space"], bits["Word"] = engine(r"\s"), engine(r"\w")
    bits["RustNumeric"] = isolated(pre.Digits(individual_digits=True))
    bits["OldPunctuation"] = isolated(pre.Punctuation())
    bits["RegexWord"], bits["RegexSpace"] = words_and_spaces()

    # The engine's unions must be the unions of its categories, or the masks in the header would be wrong.
    for union in "LMNPSZ":
        assert engine(rf"\p{{{union}}}") == set().union(*(bits[c] for c in CATEGORIES if c[0] == union)), union
    assert engine(r"\d") == bits["Nd"]
    assert (len(bits["Space"]), len(bits["RustNumeric"]), len(bits["OldPunctuation"])) == (25, 1924, 726)
    check_folds()

    masks = [0] * LIMIT
    for index, name in enumerate(CATEGORIES + SCRIPTS + OTHERS):
        for code in bits[name]:
            masks[code] |= 1 << index
    kinds, runs = {}, []
    for code in range(LIMIT):
        kind = kinds.setdefault(masks[code], len(kinds))
        if runs and runs[-1][1] == kind:
            runs[-1][0] += 1
        else:
            runs.append([1, kind])
    assert len(kinds) <= 256
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("// SPDX-License-Identifier: Apache-2.0\n"
                  f"// Written by tests/oracle/text_unicode_tables.py from tokenizers {tokenizers.__version__}; do not edit.\n"
                  '#include "core/text/unicode.h"\n\n#include <array>\n\nnamespace falconer::unicode {\n\n'
                  "// clang-format off\nnamespace {\n\n")
        table(out, "std::uint64_t", "kKindMasks", [f"0x{mask:x}" for mask in kinds])
        table(out, "Run", "kKindRuns", [f"{{{length},{kind}}}" for length, kind in runs])
        out.write("} // namespace\n// clang-format on\n\n"
                  "std::span<const std::uint64_t> kindMasks() { return kKindMasks; }\n"
                  "std::span<const Run> kindRuns() { return kKindRuns; }\n\n} // namespace falconer::unicode\n")
    print(len(kinds), "kinds,", len(runs), "runs")


def table(out, kind, name, items):
    out.write(f"constexpr std::array<{kind}, {len(items)}> {name} = {{{{\n")
    line = ""
    for item in items:
        if len(line) + len(item) > 118:
            out.write(line + "\n")
            line = ""
        line += item + ","
    out.write(line + "\n}};\n\n")


if __name__ == "__main__":
    main()
