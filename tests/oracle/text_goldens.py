# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/text: small tokenizers trained on made-up rows, with what the reference makes of awkward strings.

    $FALCONER_ORACLE_PYTHON tests/oracle/text_goldens.py tests/golden/text

NAME/tokenizer.json (and the files beside it) is a model folder; NAME/cases.json holds a list of
[string, ids, ids with special tokens, ids decoded, ids with special tokens decoded without special ones]. splits.json holds a
list of {"pre_tokenizer": section, "cases": [[string, pieces], …]}.
"""
import json
import pathlib
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers as pre, processors, trainers
from text_compare import LLAMA3
from text_strings import random_strings, rows

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
QWEN2 = LLAMA3.replace("{1,3}", "")
# Patterns of well-known tokenizers that go through the general engine
CL100K = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
O200K = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
DEEPSEEK = (r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+|"
            r" ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
KANA = "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"


def train(tokenizer, size, special=(), alphabet=None):
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=list(special), show_progress=False,
                                  initial_alphabet=alphabet if alphabet is not None else pre.ByteLevel.alphabet())
    tokenizer.train_from_iterator(rows(400, 5), trainer)
    return tokenizer


def falcon():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre.Sequence([pre.Punctuation("contiguous"), pre.ByteLevel(add_prefix_space=False), pre.Digits(False),
                                    pre.Split(Regex("[0-9][0-9][0-9]"), "isolated")])
    t.decoder, t.post_processor = decoders.ByteLevel(), processors.ByteLevel(trim_offsets=True)
    # Falcon's vocabulary lacks some bytes: characters that hold one lose it without a trace
    missing = {chr(0x100 + b) for b in (3, 4, 5, 0x0B, 0x11)} | {"\u00f2", "\u00f5"}
    alphabet = [c for c in pre.ByteLevel.alphabet() if c not in missing]
    return train(t, 700, [">>TITLE<<", ">>MIDDLE<<", "<|endoftext|>"], alphabet), {"eos_token": "<|endoftext|>"}


def llama3():
    t = Tokenizer(models.BPE(ignore_merges=True))
    t.pre_tokenizer = pre.Sequence([pre.Split(Regex(LLAMA3), "isolated"), pre.ByteLevel(add_prefix_space=False, use_regex=False)])
    t.decoder = decoders.ByteLevel()
    train(t, 700)
    t.add_special_tokens(["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"])
    t.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), processors.TemplateProcessing(
        single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A <|begin_of_text|> $B:1",
        special_tokens=[("<|begin_of_text|>", t.token_to_id("<|begin_of_text|>"))])])
    return t, {"bos_token": "<|begin_of_text|>", "eos_token": {"content": "<|eot_id|>", "lstrip": False}}


def smollm():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre.Sequence([pre.Digits(True), pre.ByteLevel(add_prefix_space=False)])
    t.decoder = decoders.ByteLevel()
    return train(t, 600, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]), {"eos_token": "<|im_end|>", "pad_token": "<|im_end|>"}


def added():
    """Every flag of an added token, a blank put in front of each piece, and a frame of special tokens."""
    t = Tokenizer(models.BPE())
    t.pre_tokenizer, t.decoder = pre.ByteLevel(add_prefix_space=True), decoders.ByteLevel()
    train(t, 500, ["<s>", "</s>"])
    t.add_special_tokens([AddedToken("<mask>", lstrip=True), AddedToken("<r>", rstrip=True), AddedToken("<lr>", lstrip=True, rstrip=True)])
    t.add_tokens([AddedToken("word", single_word=True), AddedToken("word up"), AddedToken("é", single_word=True, normalized=False),
                  AddedToken("  ", normalized=False), AddedToken("   ", normalized=True), AddedToken("the", normalized=False),
                  AddedToken("<r><mask>"), AddedToken("雨", rstrip=True, single_word=True), AddedToken("kettle", lstrip=True)])
    t.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 1)])
    return t, {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<mask>"}


def fallback():
    """Llama-2's way: blanks as U+2581, unknown characters as bytes, some of which are missing here."""
    t = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    t.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])
    bytes_ = [f"<0x{b:02X}>" for b in range(256) if b not in (0x85, 0xF0)]
    train(t, 700, ["<unk>", "<s>", "</s>"] + bytes_, [])
    t.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    t.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    content = json.loads(t.to_str())
    content["added_tokens"] = content["added_tokens"][:3] + [dict(content["added_tokens"][0], id=900, content="<x y>", normalized=True, special=False)]
    return Tokenizer.from_str(json.dumps(content)), {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}


def metaspace():
    t = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=False))
    t.pre_tokenizer, t.decoder = pre.Metaspace(prepend_scheme="first"), decoders.Metaspace(prepend_scheme="first")
    train(t, 500, ["<unk>", "<s>", "</s>"], [])
    return t, {"eos_token": "</s>"}


def general():
    """A pattern for the general engine, and merges as strings, as older files have them."""
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre.Sequence([pre.Split(Regex(O200K), "removed", invert=True), pre.ByteLevel(add_prefix_space=False, use_regex=False)])
    t.decoder = decoders.ByteLevel()
    return train(t, 500, ["<|endoftext|>"]), {"eos_token": "<|endoftext|>", "bos_token": "<|endoftext|>"}


def write(path, content):
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="ascii")


def write_tokenizer(folder, made, seed):
    tokenizer, config = made
    folder.mkdir(parents=True, exist_ok=True)
    content = json.loads(tokenizer.to_str())
    if folder.name == "general":
        content["model"]["merges"] = [" ".join(pair) for pair in content["model"]["merges"]]
    write(folder / "tokenizer.json", content)
    # Written by hand: the number is the integer literal that Transformers writes for "no limit".
    text = json.dumps(dict(config, tokenizer_class="PreTrainedTokenizerFast"), separators=(",", ":"))
    (folder / "tokenizer_config.json").write_text(text[:-1] + ',"model_max_length":1000000000000000019884624838656}\n')
    cases = []
    for string in random_strings(260, seed, [t.content for t in tokenizer.get_added_tokens_decoder().values()]):
        ids, special = tokenizer.encode(string, add_special_tokens=False).ids, tokenizer.encode(string).ids
        cases.append([string, ids, special, tokenizer.decode(ids, skip_special_tokens=False), tokenizer.decode(special)])
    write(folder / "cases.json", cases)


def splits():
    steps = [pre.Split(Regex(pattern), behavior, invert)
             for pattern in (r"\p{N}", r"\s+") for invert in (False, True)
             for behavior in ("removed", "isolated", "contiguous", "merged_with_previous", "merged_with_next")]
    steps += [pre.Split(Regex(p), "isolated") for p in (
        GPT2, LLAMA3, QWEN2, CL100K, O200K, DEEPSEEK, KANA, "[0-9][0-9][0-9]", r"\p{N}{1,3}", r"(?i:k|s)+", r"\s*", r"a|", r"^.|.$",
        r"(?<=\p{Lu})\p{Ll}{2,}?", r"(?<!\d)\d{2}+", r"\p{Han}+|[\p{Hiragana}\p{Katakana}]+|\p{Hangul}+|\p{Cyrillic}+", r"\w+(?=\W)",
        r"(?>[^\S\n]+)\n", r"\P{L}+", r"[^\p{^L}]", r"\x{e9}|\u00e8|[\x41-\x{5a}]", r"(?i)[^A-K\s]+|\n", r"(?:ab|[-+.])+?\.")]
    steps += [pre.Split(" ", b) for b in ("removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous")]
    steps += [pre.Split("", "isolated"), pre.Split("the", "removed", invert=True)]
    steps += [pre.Digits(False), pre.Digits(True), pre.ByteLevel(True), pre.ByteLevel(False, use_regex=False), pre.Whitespace(), pre.WhitespaceSplit()]
    steps += [pre.Punctuation(b) for b in ("removed", "isolated", "contiguous", "merged_with_previous", "merged_with_next")]
    steps += [pre.Metaspace(prepend_scheme=s, split=cut) for s in ("first", "never", "always") for cut in (True, False)]
    steps += [pre.Sequence([pre.Whitespace(), pre.Metaspace(prepend_scheme="first")]), pre.Sequence([pre.Digits(True), pre.Metaspace(prepend_scheme="always")])]
    for index, step in enumerate(steps):
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = step
        strings = [s for s in random_strings(60, 100 + index) if len(s) < 60][:22] + ["Don't STOP 12345 ab.+-. ſtraße\n\n x"]
        yield {"pre_tokenizer": json.loads(tokenizer.to_str())["pre_tokenizer"],
               "cases": [[s, [piece for piece, _ in step.pre_tokenize_str(s)]] for s in strings]}


def main():
    target = pathlib.Path(sys.argv[1])
    for seed, make in enumerate((falcon, llama3, smollm, added, fallback, metaspace, general)):
        write_tokenizer(target / make.__name__, make(), seed + 10)
    write(target / "splits.json", list(splits()))
    for path in sorted(target.rglob("*.json")):
        assert path.stat().st_size < 200_000, (path, path.stat().st_size)


if __name__ == "__main__":
    main()
