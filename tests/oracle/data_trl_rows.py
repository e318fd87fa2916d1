# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/data/trl_rows.json: awkward prompt/completion rows as TRL's SFTTrainer prepares them.

Run with the interpreter that FALCONER_ORACLE_PYTHON names (trl 1.16); reads the tokenizers of tests/golden/runs/*/model, or
of the folder given as the only argument."""
import json
import pathlib
import sys
import types

import trl
from datasets import Dataset
from transformers import AutoTokenizer
from trl import SFTConfig, SFTTrainer

TESTS = pathlib.Path(__file__).resolve().parents[1]
RUNS = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS / "golden" / "runs"
CASES = ["falcon-7b", "llama-nf4"]
MAX_LENGTHS = [24, 512]
EOS = "<|endoftext|>"

ROWS = [
    ("Who paints the lighthouse?\n", "Zoë paints it."),
    ("Who paints the lighthouse? ", "Zoë paints it."),        # a blank that would rather join the next word
    ("Who paints the lighthouse?", " Zoë paints it."),
    ("The light", "house is old."),                            # parted inside a word
    ("12", "345 steps"),                                       # parted inside a number
    ("1", "234567890"),
    ("", "A row without a prompt."),
    ("A prompt without an answer.\n", ""),
    ("", ""),
    ("Ends by itself.\n", "Yes." + EOS),
    ("Ends twice.\n", "Yes." + EOS + EOS),
    ("Ends in the middle" + EOS + ".\n", "Yes" + EOS + " and no."),
    ("Ends with a piece.\n", "Yes.<|endoftext|"),
    ("naïve café ☕\n", "雨が降る。 Привет, мир! 😀👍🏽"),
    ("e", "\u0301 is a combining accent"),
    ("a\tb\n\n", "\n\nc   d    \n"),
    ("It", "'s odd, isn't it?"),
    ("A prompt that is much too long for a short maximum, since it goes on and on about the harbour and the ferry.\n", "No."),
    ("Short.\n", "An answer that is much too long for a short maximum, since it goes on and on about the harbour and the ferry."),
    ("x = y**2 + 10\n", "for i in range(3): print(i)"),
]

cases = []
for name in CASES:
    tokenizer = AutoTokenizer.from_pretrained(RUNS / name / "model")
    for max_length in MAX_LENGTHS:
        for loss_on in ["completion", "all"]:
            prepared = []
            for prompt, completion in ROWS:                    # one at a time, to see which rows are dropped
                trainer = types.SimpleNamespace(
                    _tokenizer=tokenizer, completion_only_loss=loss_on == "completion", chat_template=None)
                rows = SFTTrainer._prepare_dataset(
                    trainer, Dataset.from_list([{"prompt": prompt, "completion": completion}]), tokenizer,
                    SFTConfig(output_dir="unused", max_length=max_length, use_cpu=True, bf16=False, report_to=[]), False, None, "train")
                prepared.append([rows[0]["input_ids"], rows[0]["labels"]] if len(rows) else None)
            cases.append({"case": name, "max_length": max_length, "loss_on": loss_on, "rows": prepared})

lines = ",\n  ".join(json.dumps(case) for case in cases)
texts = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
(TESTS / "golden" / "data" / "trl_rows.json").write_text(
    f'{{"trl": "{trl.__version__}",\n "texts": [\n  {texts}],\n "cases": [\n  {lines}]}}\n', encoding="utf-8")
