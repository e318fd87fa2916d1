# SPDX-License-Identifier: Apache-2.0
"""Made-up text for the tokenizer goldens and comparisons: plain rows, and random strings of awkward characters."""
import random

BLANKS = "\t\n\x0b\x0c\r \x85\xa0\u1680\u180e\u2000\u2003\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
LATIN1_NUMERALS = "\u00b2\u00b3\u00b9\u00bc\u00bd\u00be"  # bytes of other scripts map to these
SAMPLES = {
    "ascii": "".join(map(chr, range(33, 127))),
    "blank": BLANKS,
    "digit": "0123456789" + LATIN1_NUMERALS + "\u0660\u0664\u06f5\u0967\u2167\u3007\u4e00\u2460\U0001d7d8\U0001f100\U00011de5",
    "latin1": "".join(map(chr, range(0xA1, 0x180))),
    "greek": "\u03b1\u03b2\u03b3\u03a9\u03c2\u0390", "cyrillic": "\u043c\u043f\u0440\u0438\u0432\u0435\u0442\u042f\u0451",
    "cjk": "\u4f60\u597d\uff0c\u3002\u96e8\u304c\u964d\u308b\u30ab\u30bf\ud55c\uae00\u3400\U00020000\U00031350",
    "emoji": "\U0001f600\U0001f44d\U0001f3fd\u2615\u2764\ufe0f\U0001f468\u200d\U0001f469\U0001f1e9\U0001f1ea\U0001fae8",
    "combining": "\u0301\u0308\u20dd\u0345\u0488\u093f\u0e31\u064b\u05b0",
    "control": "".join(map(chr, list(range(0, 32)) + list(range(127, 160)))) + "\u200e\u202e\U000e0001",
    "mark": "\u2019\u201c\u2026\u2014\u00ab\u00bf\u3001\u166d\U000111c9\u2e5d\u061d$+<=>^`|~_-'\"",
    "fold": "sS\u017fkK\u212a\u00df\ufb05\ufb01\u0130\u0131\u01c5\u1e9e",
    "edge": "\ue000\uf8ff\ufffd\uffff\U0001ffff\U000f0000\U0010ffff\u0378\ud7ff",
}
WORDS = ("the kettle isn't lantern They'LL we've I'm he'd you're it'\u017f rock'n'roll naïve café Zoë 3,141 1234567 x**2 "
         "def f(a): return a+1; https://a.b/c?d=e&f=1 Привет мир 雨が降る。 한국어 नमस्ते שלום مرحبا ½ m² №7 10°C "
         "e\u0301 ...!!! ??? -- __init__ <b> </b> <|x|> {\"a\": [1, 2]} \u00a0 \t \n\n \r\n").split(" ")


def random_strings(count, seed, extra=()):
    """`count` strings; `extra` holds pieces that shall turn up often, such as added tokens."""
    r = random.Random(seed)
    kinds = list(SAMPLES)

    def run():
        choice = r.random()
        if extra and choice < 0.25:
            return r.choice(extra)
        if choice < 0.45:
            return r.choice(WORDS)
        if choice < 0.55:
            return r.choice(" \n\t") * r.randint(1, 5)
        if choice < 0.65:
            return "".join(r.choice("0123456789") for _ in range(r.randint(1, 8)))
        if choice < 0.70:
            code = r.choice([r.randrange(0x80, 0x3000), r.randrange(0x80, 0x110000)])
            return chr(code) if not 0xD800 <= code < 0xE000 else "?"
        sample = SAMPLES[r.choice(kinds)]
        return "".join(r.choice(sample) for _ in range(r.randint(1, 4)))

    strings = ["", " ", "  ", "\n", "'", "\u00e9", "a" * 300, " " * 40 + "x", "\n \n \n", "1" * 40]
    while len(strings) < count:
        strings.append("".join(run() + (" " if r.random() < 0.3 else "") for _ in range(r.randint(1, 14))))
    return strings[:count]


def rows(count, seed):
    """Sentences to train small tokenizers on."""
    r = random.Random(seed)
    things = "kettle lantern harbour ledger violin orchard compass quarry ferry mirror anvil barometer bakery glacier".split()
    owners = ["the baker", "Zoë", "an old sailor", "Dr. Müller", "our neighbour", "Señora Ibáñez", "a clockmaker"]
    acts = ["mends", "paints", "measures", "forgets", "borrows", "weighs", "photographs", "sells"]
    ends = ["It wasn't expensive.", "Nobody's sure why!", "They'd do it again...", "That's 3,141 steps away.",
            "(See page 27.)", "\"Quite so,\" said the cook.", "Cost: $19.95; weight: 0.5 kg.", "x = y**2 + 10",
            "for i in range(3): print(i)", "雨が降る。", "Привет, мир!", "½ of 1234567", "a\tb\n\nc", "😀👍🏽", "m² × 3¼"]
    return [f"{r.choice(owners)} {r.choice(acts)} the {r.choice(things)} at {r.randint(1, 9999)}. {r.choice(ends)}\n"
            for _ in range(count)]
