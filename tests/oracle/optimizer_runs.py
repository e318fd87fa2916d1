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
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig
from trl import SFTConfig

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
    options = {"dtype": torch.bfloat16 if bfloat16 else torch.float32}
    if base.endswith("nf4"):
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=options["dtype"],
        )
    model = AutoModelForCausalLM.from_pretrained(
        RUNS / base / "model", device_map={"": "cpu"}, attn_implementation="sdpa", **options
    )
    for module in model.modules():  # see runs_goldens.py
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
    return PeftModel.from_pretrained(model, RUNS / base / "initial_adapter", is_trainable=True)


def run(name, scratch):
    base, ours, theirs = CASES[name]
    golden = json.loads((RUNS / base / "golden.json").read_text())
    made = golden["training"]
    folder = scratch / name
    folder.mkdir()
    for part in ("train", "validation"):
        shutil.copy(RUNS / base / f"{part}.jsonl", folder)
    model = load_model(base, bool(theirs.get("bf16")))
    settings = {
        "max_steps": made["max_steps"],
        "learning_rate": made["learning_rate"],
        "lr_scheduler_type": made["scheduler"],
        "warmup_steps": made["warmup_steps"],
        "optim": "adamw_torch",
        "bf16": False,
    }
    arguments = SFTConfig(
        output_dir=str(folder / ".run"),
        per_device_train_batch_size=made["per_device_batch_size"],
        per_device_eval_batch_size=made["per_device_batch_size"],
        gradient_accumulation_steps=made["gradient_accumulation_steps"],
        weight_decay=made["weight_decay"],
        max_grad_norm=made["max_grad_norm"],
        logging_steps=1,
        eval_strategy="steps",
        eval_steps=made["eval_every"],
        save_strategy="no",
        report_to=[],
        fp16=False,
        gradient_checkpointing=False,
        max_length=made["max_length"],
        packing=False,
        completion_only_loss=made["completion_only_loss"],
        use_cpu=True,
        disable_tqdm=True,
        shuffle_dataset=made["shuffle"],
        **(settings | theirs),
    )
    rows = runs.load_dataset(
        "json",
        data_files={part: str(folder / f"{part}.jsonl") for part in ("train", "validation")},
        cache_dir=str(folder / ".cache"),
    )
    initial = {key: p.detach().clone().float() for key, p in model.named_parameters() if p.requires_grad}
    trainer = runs.GoldenTrainer(
        model=model,
        args=arguments,
        train_dataset=rows["train"],
        eval_dataset=rows["validation"],
        processing_class=AutoTokenizer.from_pretrained(RUNS / base / "model"),
    )
    for key, parameter in model.named_parameters():  # TRL casts a quantized model's adapter to bfloat16
        if key in initial:
            parameter.data = initial[key].clone()
    trainer.train()
    trainer.evaluate()
    log = trainer.state.log_history
    case = {
        "name": name,
        "base": base,
        "compute_dtype": "bfloat16" if theirs.get("bf16") else "float32",
        "training": ours,
        "adapter": name in WITH_ADAPTER,
        "steps": [{key: entry[key] for key in ("step", "loss", "grad_norm", "learning_rate")} for entry in log if "loss" in entry],
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
