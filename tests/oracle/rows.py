#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes up the rows of the golden runs: 160 prompt/completion pairs with digits, contractions, accents, several scripts and code.

usage: rows.py OUT.jsonl

The same bytes every time: tests/golden/runs/rows.jsonl.
"""
import json
import random
import sys
from pathlib import Path

THINGS = (
    "kettle lantern harbour ledger violin orchard compass quarry "
    "ferry mirror anvil barometer tram bakery glacier lighthouse"
).split()
OWNERS = [
    "the baker", "Zoë", "an old sailor", "Dr. Müller", "the night guard", "our neighbour", "Señora Ibáñez", "a clockmaker",
]  # fmt: skip
ACTS = ["mends", "paints", "measures", "forgets", "borrows", "weighs", "photographs", "sells"]
PLACES = ["by the river", "in Kraków", "under the bridge", "at 7:45", "on platform 12", "near the école", "behind the market"]
ENDS = [
    "It wasn't expensive.", "Nobody's sure why!", "They'd do it again...", "That's 3,141 steps away.", "(See page 27.)",
    "Isn't that odd?", '"Quite so," said the cook.', "Cost: $19.95; weight: 0.5 kg.",
]  # fmt: skip
ODD = [
    "雨が降る。", "Привет, мир!", "naïve café ☕", "x = y**2 + 10", "for i in range(3): print(i)", "½ of 1234567", "a\tb\n\nc",
    "😀👍🏽", "ﬁne—print",
]  # fmt: skip


def capitalized(text):
    return text[0].upper() + text[1:]


def row(number, random_):
    # The order of the draws decides every byte: keep it.
    pick = random_.choice
    thing, owner = pick(THINGS), pick(OWNERS)
    prompt = pick([
        f"Describe the {thing} in one line.\n",
        f"Who {pick(ACTS)} the {thing}?\n",
        f"Question {number}: where is the {thing}?\nAnswer:",
        f"Tell a short story about {owner} and the {thing}.\n",
    ])
    space = " " if prompt.endswith(":") else ""
    completion = f"{space}{capitalized(owner)} {pick(ACTS)} the {thing} {pick(PLACES)}."
    for _ in range(random_.randint(0, 3)):
        other = pick(OWNERS)
        completion += f" {capitalized(other)} {pick(ACTS)} the {pick(THINGS)} {pick(PLACES)}. {pick(ENDS)}"
    if random_.random() < 0.3:
        completion += " " + pick(ODD)
    return {"prompt": prompt, "completion": completion}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    random_ = random.Random(20)
    lines = [json.dumps(row(number, random_), ensure_ascii=False) for number in range(160)]
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
