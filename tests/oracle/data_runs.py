#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes tests/golden/runs/data_variants.json: golden runs of runs_goldens.py once more with the data treated otherwise (packed,
conversations with a loss on the assistant's turns) or with gradient checkpointing.

    $FALCONER_ORACLE_PYTHON tests/oracle/data_runs.py

A case holds "base" (the folder of the run that it repeats), "recipe" (what differs, under our recipe's keys; files are relative
to tests/golden/runs) and every step's and evaluation's figures. The conversations and their template are written to
tests/golden/runs/messages.
"""
import json
import shutil
import tempfile
from pathlib import Path

try:
    import runs_goldens as runs
    import torch
    from optimizer_runs import load_model
    from transformers import AutoTokenizer
except ImportError as missing:
    print(f"skipped: {missing}")
    raise SystemExit(0)

RUNS = Path(__file__).resolve().parent.parent / "golden" / "runs"

TEMPLATE = """{%- for message in messages %}
{%- if message['role'] == 'assistant' %}
{{- 'Answer: ' }}{% generation %}{{ message['content'] + eos_token }}{% endgeneration %}
{%- else %}
{{- 'Question: ' + message['content'] + '\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{ 'Answer: ' }}{% endif %}
"""

# our name: (base run, our recipe, what SFTConfig is told)
CASES = {
    "packing": ("llama-nf4", {"data": {"packing": True}}, {"packing": True, "packing_strategy": "bfd"}),
    "gradient_checkpointing": (
        "falcon-7b-nf4",
        {"training": {"gradient_checkpointing": "full"}},
        {"gradient_checkpointing": True, "gradient_checkpointing_kwargs": {"use_reentrant": False}},
    ),
    "assistant_only": (
        "llama-nf4",
        {
            "data": {
                "train": "messages/train.jsonl",
                "validation": "messages/validation.jsonl",
                "template": "messages/chat_template.jinja",
                "loss_on": "assistant",
            }
        },
        {"assistant_only_loss": True, "completion_only_loss": None},
    ),
}


def write_messages(base):
    folder = RUNS / "messages"
    folder.mkdir(exist_ok=True)
    for part in ("train", "validation"):
        rows = [json.loads(line) for line in (RUNS / base / f"{part}.jsonl").read_text().splitlines()]
        conversations = []
        for index, row in enumerate(rows):
            turns = [row] if index % 3 == 0 else [row, rows[(index * 7 + 1) % len(rows)]]
            messages = []
            for turn in turns:
                messages.append({"role": "user", "content": turn["prompt"].strip()})
                messages.append({"role": "assistant", "content": turn["completion"].strip()})
            conversations.append({"messages": messages})
        (folder / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in conversations))
    (folder / "chat_template.jinja").write_text(TEMPLATE)


def run(name, scratch):
    base, ours, theirs = CASES[name]
    made = json.loads((RUNS / base / "golden.json").read_text())["training"]
    source = RUNS / "messages" if "assistant_only_loss" in theirs else RUNS / base
    folder = scratch / name
    folder.mkdir()
    for part in ("train", "validation"):
        shutil.copy(source / f"{part}.jsonl", folder)
    model = load_model(base, False)
    tokenizer = AutoTokenizer.from_pretrained(RUNS / base / "model")
    if source.name == "messages":
        tokenizer.chat_template = TEMPLATE
    if "packing" in theirs:
        theirs = theirs | {"eval_strategy": "no"}
    trainer = runs.make_trainer(model, tokenizer, folder, made, **theirs)
    trainer.train()
    steps = runs.logged_steps(trainer)
    print(name, [round(step["loss"], 4) for step in steps])
    return {
        "name": name,
        "base": base,
        "recipe": ours,
        "steps": steps,
        "evals": [{"step": step, "eval_loss_token_mean": mean} for step, mean in sorted(trainer.token_means.items())],
    }


def main():
    torch.set_num_threads(1)
    runs.falcon_model.FalconLinear = torch.nn.Linear  # transformers 5.23 quantizes only an exact nn.Linear
    write_messages("llama-nf4")
    with tempfile.TemporaryDirectory() as scratch:
        cases = [run(name, Path(scratch)) for name in CASES]
    made_with = {module.__name__: module.__version__ for module in (torch, runs.transformers, runs.peft, runs.trl)}
    (RUNS / "data_variants.json").write_text(json.dumps({"made_with": made_with, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
