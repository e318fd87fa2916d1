#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes tests/golden/runs/variants.json: the golden runs of runs_goldens.py once more with another optimizer, scheduler or
compute type, from the models, rows and initial adapters that lie there already.

    $FALCONER_ORACLE_PYTHON tests/oracle/optimizer_runs.py [CASE...]

A case holds "base" (the folder of the run that it repeats), "training" (what differs, under our recipe's keys), and every
step's and evaluation's figures. Cases with "adapter" have their final adapter in variants/, for the others the curve is
proof enough. The bfloat16 cases run under autocast, as Trainer's bf16=True does: they are to be compared by their mean.
"""
import json
import shutil
import sys
import tempfile
from pathlib import Path

import runs_goldens as runs
import torch
from peft import PeftModel
from transformers import AutoTokenizer

RUNS = Path(__file__).resolve().parent.parent / "golden" / "runs"

# our name: (base run, what our recipe's training section says, what Trainer is told)
CASES = {
    "adamw_8bit": ("falcon-7b-nf4", {"optimizer": "adamw_8bit"}, {"optim": "adamw_8bit"}),
    "paged_adamw_8bit": ("falcon-7b", {"optimizer": "paged_adamw_8bit"}, {"optim": "paged_adamw_8bit"}),
    "adamw_betas": (
        "falcon-7b",
        {"optimizer": "adamw", "optimizer_options": {"beta1": 0.8, "beta2": 0.95, "eps": 1e-6}},
        {"optim": "adamw_torch", "adam_beta1": 0.8, "adam_beta2": 0.95, "adam_epsilon": 1e-6},
    ),
    "lion": ("falcon-7b-nf4", {"optimizer": "lion", "learning_rate": 2e-4}, {"optim": "lion_32bit", "learning_rate": 2e-4}),
    "sgd": ("falcon-7b", {"optimizer": "sgd", "learning_rate": 0.5}, {"optim": "sgd", "learning_rate": 0.5}),
    "sgd_momentum": (
        "falcon-7b-nf4",
        {"optimizer": "sgd", "optimizer_options": {"momentum": 0.9}, "learning_rate": 0.1},
        {"optim": "sgd", "optim_args": "momentum=0.9", "learning_rate": 0.1},
    ),
    "linear": ("falcon-7b", {"scheduler": "linear"}, {"lr_scheduler_type": "linear"}),
    "cosine_min_lr": (
        "falcon-7b",
        {"scheduler": "cosine", "scheduler_options": {"min_lr_ratio": 0.1}},
        {"lr_scheduler_type": "cosine_with_min_lr", "lr_scheduler_kwargs": {"min_lr_rate": 0.1}},
    ),
    "cosine_with_restarts": (
        "falcon-7b",
        {"scheduler": "cosine_with_restarts", "scheduler_options": {"num_cycles": 3}},
        {"lr_scheduler_type": "cosine_with_restarts", "lr_scheduler_kwargs": {"num_cycles": 3}},
    ),
    "polynomial": (
        "falcon-7b",
        {"scheduler": "polynomial", "scheduler_options": {"power": 2, "lr_end": 1e-4}},
        {"lr_scheduler_type": "polynomial", "lr_scheduler_kwargs": {"power": 2.0, "lr_end": 1e-4}},
    ),
    "constant": ("falcon-7b", {"scheduler": "constant"}, {"lr_scheduler_type": "constant"}),
    "constant_with_warmup": (
        "falcon-7b",
        {"scheduler": "constant_with_warmup"},
        {"lr_scheduler_type": "constant_with_warmup"},
    ),
    "inverse_sqrt": ("falcon-7b", {"scheduler": "inverse_sqrt"}, {"lr_scheduler_type": "inverse_sqrt"}),
    "warmup_stable_decay": (
        "falcon-7b",
        {"scheduler": "warmup_stable_decay", "scheduler_options": {"decay_steps": 4, "min_lr_ratio": 0.1}},
        {"lr_scheduler_type": "warmup_stable_decay", "lr_scheduler_kwargs": {"num_decay_steps": 4, "min_lr_ratio": 0.1}},
    ),
    "warmup_ratio": ("falcon-7b", {"warmup_ratio": 0.3}, {"warmup_steps": 0.3}),
    "bfloat16": ("falcon-7b", {"max_steps": 24}, {"max_steps": 24, "bf16": True}),
    "bfloat16_nf4": ("falcon-7b-nf4", {"max_steps": 24}, {"max_steps": 24, "bf16": True}),
}
WITH_ADAPTER = ("adamw_8bit", "lion", "sgd_momentum")


def load_model(base, bfloat16):
    quantization = "nf4" if base.endswith("nf4") else "none"
    model = runs.load_base(RUNS / base / "model", quantization, torch.bfloat16 if bfloat16 else torch.float32)
    return PeftModel.from_pretrained(model, RUNS / base / "initial_adapter", is_trainable=True)


def run(name, scratch):
    base, ours, theirs = CASES[name]
    made = json.loads((RUNS / base / "golden.json").read_text())["training"]
    folder = scratch / name
    folder.mkdir()
    for part in ("train", "validation"):
        shutil.copy(RUNS / base / f"{part}.jsonl", folder)
    model = load_model(base, bool(theirs.get("bf16")))
    tokenizer = AutoTokenizer.from_pretrained(RUNS / base / "model")
    trainer = runs.make_trainer(model, tokenizer, folder, made, **theirs)
    trainer.train()
    trainer.evaluate()
    case = {
        "name": name,
        "base": base,
        "compute_dtype": "bfloat16" if theirs.get("bf16") else "float32",
        "training": ours,
        "adapter": name in WITH_ADAPTER,
        "steps": runs.logged_steps(trainer),
        "evals": [{"step": step, "eval_loss_token_mean": mean} for step, mean in sorted(trainer.token_means.items())],
    }
    if case["adapter"]:
        model.save_pretrained(folder / "final")
        (RUNS / "variants").mkdir(exist_ok=True)
        shutil.copy(folder / "final" / "adapter_model.safetensors", RUNS / "variants" / f"{name}.safetensors")
    print(name, [round(step["loss"], 4) for step in case["steps"]], [round(e["eval_loss_token_mean"], 4) for e in case["evals"]])
    return case


def main():
    torch.set_num_threads(2)
    runs.falcon_model.FalconLinear = torch.nn.Linear  # transformers 5.23 quantizes only an exact nn.Linear
    target = RUNS / "variants.json"
    wanted = sys.argv[1:] or list(CASES)
    old = json.loads(target.read_text())["cases"] if target.exists() else []
    cases = {case["name"]: case for case in old if case["name"] in CASES}
    with tempfile.TemporaryDirectory() as scratch:
        for name in wanted:
            cases[name] = run(name, Path(scratch))
    made_with = {module.__name__: module.__version__ for module in (torch, runs.transformers, runs.peft, runs.trl)}
    text = json.dumps({"made_with": made_with, "cases": [cases[name] for name in CASES if name in cases]}, indent=1)
    target.write_text(text + "\n")


if __name__ == "__main__":
    main()
