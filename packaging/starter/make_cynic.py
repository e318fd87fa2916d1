#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns The Devil's Dictionary (public domain) into the starter data set: prompt/completion rows as JSONL.

usage: make_cynic.py DICTD_FOLDER OUT.jsonl

DICTD_FOLDER holds devil.index and devil.dict.dz, as Debian's package dict-devil does in usr/share/dictd.
The same input always gives the same bytes; setup.sh checks them.
"""
import gzip
import json
import re
import sys
from pathlib import Path

# dictd's index stores offset and length in this base 64, most significant digit first.
DIGITS = {c: i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}

PART_OF_SPEECH = r"(?:n\.|adj\.|v\.t\.|v\.i\.|v\.|adv\.|pro\.|p\.p\.|x\.|n\.pl\.|pp\.|pron\.|abbr\.)[a-z\. ]{0,6}"

# The book is of 1911. Entries about peoples, women and violence have not aged well; the starter set leaves them out.
DATED = re.compile(
    r"\b(semit\w*|jew\w*|hebrew\w*|negro\w*|nigg\w*|mulatto|savage\w*|turk\w*|chinam\w*|african\w*|indian\w*"
    r"|mohammed\w*|moslem\w*|muslim\w*|infidel\w*|female|woman|women|wife|wives|girl\w*|lunatic\w*|slave\w*"
    r"|hanged|suicide|whore\w*|breast\w*)\b",
    re.IGNORECASE,
)

LONGEST_MEANING = 420  # characters; a longer entry keeps its opening sentences
LONGEST_OPENING = 300
SHORTEST_MEANING = 25


def number(text):
    value = 0
    for character in text:
        value = value * 64 + DIGITS[character]
    return value


def entries(folder):
    """The dictionary's entries in its own order; several head words may point to one entry."""
    raw = gzip.decompress((folder / "devil.dict.dz").read_bytes())
    found = {}
    for line in (folder / "devil.index").read_text(encoding="utf-8").splitlines():
        word, offset, length = line.split("\t")
        if word.startswith("00"):  # dictd's notes about the database
            continue
        start = number(offset)
        found.setdefault(start, raw[start : start + number(length)].decode("utf-8", "replace").strip("\n"))
    return [text for _, text in sorted(found.items())]


def opening(meaning):
    """The first sentences of a long entry."""
    short = ""
    for sentence in re.split(r"(?<=[\.\?!]) (?=[A-Z])", meaning):
        if len(short) + len(sentence) > LONGEST_OPENING:
            break
        short = f"{short} {sentence}".strip()
    return short


def row(text):
    """One prompt and completion, or None for an entry that makes no good one."""
    word = text.partition(",")[0].strip().split("\n")[0].strip()
    if not re.fullmatch(r"[A-Z][A-Z'\- \.]+", word):
        return None
    flat = re.sub(r"\s+", " ", text).strip()
    match = re.match(re.escape(word) + rf",?\s*({PART_OF_SPEECH})?\s*(.*)", flat)
    meaning = match.group(2).strip() if match else ""
    if len(meaning) > LONGEST_MEANING:
        meaning = opening(meaning)
    prompt = f'Define "{word.lower()}" as a cynic would.\n'
    if len(meaning) < SHORTEST_MEANING or DATED.search(meaning) or DATED.search(prompt):
        return None
    return {"prompt": prompt, "completion": meaning}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows = {}  # by prompt; the first entry of a word stays
    for text in entries(Path(sys.argv[1])):
        made = row(text)
        if made:
            rows.setdefault(made["prompt"], made)
    lines = (json.dumps(made, ensure_ascii=False) + "\n" for made in rows.values())
    Path(sys.argv[2]).write_text("".join(lines), encoding="utf-8")
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
