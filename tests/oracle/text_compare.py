# SPDX-License-Identifier: Apache-2.0
"""Compares Falconer's tokenizers with the reference on many random strings. By hand only:

    cmake --build build/release --target text_vectors
    $FALCONER_ORACLE_PYTHON tests/oracle/text_compare.py build/release/tests/text_vectors MODEL [COUNT [SEED]]

MODEL is a model folder, or a .gguf file of SmolLM, Falcon or Llama-3: the reference is then built from its metadata.
"""
import json
import os
import subprocess
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers as pre
from text_strings import random_strings

LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def from_gguf(path):
    import gguf
    fields = gguf.GGUFReader(path).fields
    value = lambda name: fields[name].contents()
    tokens, types = value("tokenizer.ggml.tokens"), value("tokenizer.ggml.token_type")
    kind = value("tokenizer.ggml.pre")
    merges = [tuple(m.split(" ")) for m in value("tokenizer.ggml.merges")]
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=merges, ignore_merges=kind == "llama-bpe"))
    tokenizer.pre_tokenizer = {
        "smollm": lambda: pre.Sequence([pre.Digits(True), pre.ByteLevel(False)]),
        "falcon": lambda: pre.Sequence([pre.Punctuation("contiguous"), pre.ByteLevel(False), pre.Digits(False),
                                        pre.Split(Regex("[0-9][0-9][0-9]"), "isolated")]),
        "llama-bpe": lambda: pre.Sequence([pre.Split(Regex(LLAMA3), "isolated"), pre.ByteLevel(False, use_regex=False)]),
    }[kind]()
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(t, normalized=False, special=True) for t, k in zip(tokens, types) if k == 3])
    return tokenizer


def compare(tool, model, count, seed):
    """The number of strings on which the two differ; prints the first few."""
    tokenizer = from_gguf(model) if model.endswith(".gguf") else Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    strings = random_strings(count, seed, [t.content for t in tokenizer.get_added_tokens_decoder().values()])
    asked = "".join(json.dumps(s) + "\n" for s in strings)
    answers = subprocess.run([tool, "--encode", model], input=asked, capture_output=True, check=True, encoding="utf-8").stdout
    differing = 0
    for string, line in zip(strings, answers.split("\n")[:-1], strict=True):
        found = json.loads(line)
        expected = {"ids": tokenizer.encode(string, add_special_tokens=False).ids}
        expected["text"] = tokenizer.decode(expected["ids"], skip_special_tokens=False)
        expected["plain"] = tokenizer.decode(expected["ids"], skip_special_tokens=True)
        if not model.endswith(".gguf"):
            expected["special"] = tokenizer.encode(string).ids
        for key, value in expected.items():
            if found[key] != value:
                differing += 1
                if differing <= 5:
                    print(f"{key} of {string!r}:\n  expected {value!r}\n  found    {found[key]!r}")
                break
    print(f"{model}: {len(strings) - differing} of {len(strings)} strings agree")
    return differing


if __name__ == "__main__":
    sys.exit(1 if compare(sys.argv[1], sys.argv[2], int((sys.argv[3:] or [5000])[0]), int((sys.argv[4:] or [1])[0])) else 0)
