# SPDX-License-Identifier: Apache-2.0
"""Writes core/text/jinja_case_tables.cpp: how Python changes the case of each character, for the templates' upper, lower,
title and capitalize.

    python3 tests/oracle/chat_templates_unicode.py >core/text/jinja_case_tables.cpp
"""
import platform
import unicodedata

CODES = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def runs(pairs):
    """[(code, delta)] -> [(first, last, step, delta)]: runs of one distance, one or two apart."""
    out = []
    for code, delta in pairs:
        if out:
            first, last, step, d = out[-1]
            if d == delta and code - last <= 2 and (first == last or step == code - last):
                out[-1] = (first, code, code - last, d)
                continue
        out.append((code, code, 1, delta))
    return out


def table(name, change):
    simple, special = [], []
    for c in CODES:
        changed = change(c)
        if changed == c:
            continue
        if len(changed) == 1:
            simple.append((ord(c), ord(changed) - ord(c)))
        else:
            special.append((ord(c), [ord(x) for x in changed]))
    found = runs(simple)
    print(f"constexpr std::array<CaseRun, {len(found)}> k{name}Runs = {{{{")
    wrap("{%d,%d,%d,%d}" % run for run in found)
    print("}};\n")
    if special:
        print(f"constexpr std::array<CaseExpansion, {len(special)}> k{name}Expansions = {{{{")
        wrap("{%d,{%s}}" % (code, ",".join(map(str, to + [0] * (3 - len(to))))) for code, to in special)
        print("}};\n")


def ranges(name, holds):
    out = []
    for c in CODES:
        if holds(c):
            if out and out[-1][1] == ord(c) - 1:
                out[-1][1] = ord(c)
            else:
                out.append([ord(c), ord(c)])
    print(f"constexpr std::array<CodeRange, {len(out)}> k{name} = {{{{")
    wrap("{%d,%d}" % tuple(r) for r in out)
    print("}};\n")


def wrap(items):
    line = ""
    for item in items:
        if len(line) + len(item) > 118:
            print(line)
            line = ""
        line += item + ","
    print(line)


def main():
    cased = lambda c: c.isupper() or c.islower() or c.istitle()
    print("// SPDX-License-Identifier: Apache-2.0")
    print(f"// Written by tests/oracle/chat_templates_unicode.py from Python {platform.python_version()}, Unicode "
          f"{unicodedata.unidata_version}; do not edit.")
    print('#include "core/text/jinja_case.h"\n\n#include <array>\n\nnamespace falconer::jinja {\n\n// clang-format off\nnamespace {\n')
    table("Upper", str.upper)
    table("Lower", str.lower)
    table("Title", str.title)
    ranges("UpperCodes", lambda c: c.isupper())
    ranges("LowerCodes", lambda c: c.islower())
    ranges("TitleCodes", lambda c: c.istitle() and not c.isupper())
    # A sigma becomes the final one behind a letter, whatever ignorable characters lie between.
    ranges("IgnorableCodes", lambda c: ("A" + c + "\u03a3").lower()[-1] == "\u03c2" and ("." + c + "\u03a3").lower()[-1] == "\u03c3")
    print("} // namespace\n// clang-format on\n")
    print("const CaseTables& caseTables()\n{")
    print("    static const CaseTables kTables = {{kUpperRuns, kUpperExpansions}, {kLowerRuns, kLowerExpansions},")
    print("        {kTitleRuns, kTitleExpansions}, kUpperCodes, kLowerCodes, kTitleCodes, kIgnorableCodes};")
    print("    return kTables;\n}\n\n} // namespace falconer::jinja")


if __name__ == "__main__":
    main()
