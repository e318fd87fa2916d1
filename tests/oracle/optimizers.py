#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/train/optimizers.json and schedules.json, and tests/golden/kernels/optimizer8.json: what torch 2.15.0,
bitsandbytes 0.50.2 and transformers 5.23.0 compute on a CPU.

    $FALCONER_ORACLE_PYTHON tests/oracle/optimizers.py

Parameters and gradients come from a counter-based generator that tests/kernels/golden_support.h repeats bit for bit. Arrays are
base64 of little-endian bytes. Optimizers and learning rates are made the way Trainer makes them, from TrainingArguments.
"""
import base64
import json
import os
import pathlib
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TORCHDYNAMO_DISABLE"] = "1"

import bitsandbytes
import bitsandbytes.functional as bnb
import numpy as np
import torch
import transformers
from kernels_goldens import bell
from transformers import Trainer, TrainingArguments

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden"
STEPS = 30
# One tensor that gets 8-bit states (4,096 elements or more), its last block short; one below; one without weight decay.
PARAMETERS = {"wide.weight": (66, 63), "small.weight": (8, 24), "layer.bias": (40,)}
BASE = {"lr": 1e-3, "weight_decay": 0.0, "args": "", "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
OPTIMIZERS = {
    "adamw": {"optim": "adamw_torch_fused"},
    "adamw_decay": {"optim": "adamw_torch_fused", "weight_decay": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-6},
    "adamw_8bit": {"optim": "adamw_8bit"},
    "adamw_8bit_decay": {"optim": "adamw_8bit", "weight_decay": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-6},
    "paged_adamw_8bit": {"optim": "paged_adamw_8bit", "weight_decay": 0.01},
    "lion": {"optim": "lion_32bit", "lr": 1e-4},
    "lion_decay": {"optim": "lion_32bit", "lr": 1e-4, "weight_decay": 0.5, "beta2": 0.99},
    "sgd": {"optim": "sgd", "lr": 0.1},
    "sgd_decay": {"optim": "sgd", "lr": 0.1, "weight_decay": 0.1},
    "sgd_momentum": {"optim": "sgd", "lr": 0.05, "weight_decay": 0.01, "args": "momentum=0.9"},
}
KINDS = {"adamw_torch_fused": "adamw", "lion_32bit": "lion"}  # Trainer's name: ours

SCHEDULES = [
    # Trainer's name, ours, options for both: (ours, Trainer's), as numbers
    ("linear", "linear", {}, {}),
    ("cosine", "cosine", {}, {}),
    ("cosine", "cosine", {"num_cycles": 1.7}, {"num_cycles": 1.7}),
    ("cosine_with_min_lr", "cosine", {"min_lr_ratio": 0.1}, {"min_lr_rate": 0.1}),
    ("cosine_with_min_lr", "cosine", {"min_lr_ratio": 0.25, "num_cycles": 1.5}, {"min_lr_rate": 0.25, "num_cycles": 1.5}),
    ("cosine_with_restarts", "cosine_with_restarts", {}, {}),
    ("cosine_with_restarts", "cosine_with_restarts", {"num_cycles": 3}, {"num_cycles": 3}),
    ("polynomial", "polynomial", {}, {}),
    ("polynomial", "polynomial", {"power": 2.5, "lr_end": 1e-5}, {"power": 2.5, "lr_end": 1e-5}),
    ("polynomial", "polynomial", {"lr_end": 0.0, "power": 0.5}, {"lr_end": 0.0, "power": 0.5}),
    ("constant", "constant", {}, {}),
    ("constant_with_warmup", "constant_with_warmup", {}, {}),
    ("inverse_sqrt", "inverse_sqrt", {}, {}),
    ("warmup_stable_decay", "warmup_stable_decay", {}, {"num_decay_steps": None}),
    ("warmup_stable_decay", "warmup_stable_decay", {"decay_steps": 4}, {"num_decay_steps": 4}),
    (
        "warmup_stable_decay",
        "warmup_stable_decay",
        {"decay_steps": 3, "min_lr_ratio": 0.2},
        {"num_decay_steps": 3, "min_lr_ratio": 0.2},
    ),
    (
        "warmup_stable_decay",
        "warmup_stable_decay",
        {"decay_steps": 5, "num_cycles": 0.75},
        {"num_decay_steps": 5, "num_cycles": 0.75},
    ),
]
# total steps, warm-up steps as a count or as a share
LENGTHS = [(1, 0), (1, 1), (1, 0.03), (7, 0), (7, 7), (7, 9), (8, 2), (12, 3), (12, 0.26), (33, 0.03), (100, 0.03), (101, 0.03)]


def encode(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def gradient(seed, count):
    """Sizes from 2^-9 to 2 by runs of 64, zeros now and then."""
    index = np.arange(count)
    values = np.ldexp(bell(seed, count), (index // 64 % 9 - 6).astype(np.int32)).astype(np.float32)
    values[index % 97 == 5] = 0
    return values


def learning_rate(base, step):
    return base * (1 + step % 3)


class Model(torch.nn.Module):
    """Nests each parameter under its dotted name, so that Trainer's rule for weight decay sees the names."""

    def __init__(self):
        super().__init__()
        for seed, (name, shape) in enumerate(PARAMETERS.items()):
            module, leaf = name.split(".")
            self.add_module(module, torch.nn.Module())
            values = bell(seed + 1, int(np.prod(shape))).reshape(shape)
            getattr(self, module).register_parameter(leaf, torch.nn.Parameter(torch.from_numpy(values.copy())))


def state_arrays(state):
    """All but the float states of the large tensor: they add no proof to its values, only size."""
    return {
        key: {"shape": list(value.shape), "type": str(value.dtype).removeprefix("torch."), "data": encode(value.numpy())}
        for key, value in state.items()
        if isinstance(value, torch.Tensor) and value.numel() > 1 and value.nbytes < 8192 and not key.startswith("qmap")
    }


def optimizer_case(name, settings, folder):
    settings = BASE | settings
    arguments = TrainingArguments(
        output_dir=folder,
        optim=settings["optim"],
        optim_args=settings["args"] or None,
        learning_rate=settings["lr"],
        weight_decay=settings["weight_decay"],
        adam_beta1=settings["beta1"],
        adam_beta2=settings["beta2"],
        adam_epsilon=settings["eps"],
        use_cpu=True,
        report_to=[],
    )
    model = Model()
    optimizer = Trainer(model=model, args=arguments).create_optimizer()
    for step in range(1, STEPS + 1):
        for seed, parameter in enumerate(model.parameters()):
            values = gradient(1000 * (seed + 1) + step, parameter.numel())
            parameter.grad = torch.from_numpy(values.reshape(parameter.shape))
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(settings["lr"], step)
        optimizer.step()
    kind = KINDS.get(settings["optim"], settings["optim"])
    options = {key: settings[key] for key in ("beta1", "beta2", "eps") if settings[key] != BASE[key]}
    if settings["args"]:
        options["momentum"] = float(settings["args"].split("=")[1])
    return {
        "name": name,
        "kind": kind,
        "learning_rate": settings["lr"],
        "weight_decay": settings["weight_decay"],
        "options": options,
        "parameters": [
            {"name": key, "shape": list(p.shape), "data": encode(p.detach().numpy()), "state": state_arrays(optimizer.state[p])}
            for key, p in model.named_parameters()
        ],
    }


def clip_cases():
    cases = []
    for maximum in (0.25, 1.0, 1e9):
        parameters = [torch.nn.Parameter(torch.zeros(n)) for n in (1, 33, 500)]
        for seed, parameter in enumerate(parameters):
            parameter.grad = torch.from_numpy(gradient(seed + 77, parameter.numel()))
        norm = torch.nn.utils.clip_grad_norm_(parameters, maximum)
        cases.append({"maximum": maximum, "norm": float(norm), "gradients": [encode(p.grad.numpy()) for p in parameters]})
    return cases


def scaler_case():
    """GradScaler over a made-up history: True where a gradient was infinite; a growth interval short enough to see."""
    interval = 2000
    parameter = torch.nn.Parameter(torch.zeros(3))
    optimizer = torch.optim.SGD([parameter], lr=0.0)
    scaler = torch.amp.GradScaler("cpu")
    overflows = [1, 2, 5, 900, 3000, 3001]
    scales = []
    for step in range(1, 7001):
        parameter.grad = torch.full((3,), float("inf") if step in overflows else 1.0)
        scaler.scale(torch.zeros(1))
        scaler.step(optimizer)
        scaler.update()
        scales.append(scaler.get_scale())
    changes = [[step + 1, scale] for step, scale in enumerate(scales) if step == 0 or scale != scales[step - 1]]
    parameter.grad = torch.tensor([3.0, -5.0e-3, 7.0e4])
    scaler.unscale_(optimizer)
    return {
        "steps": len(scales),
        "interval": interval,
        "overflows": overflows,
        "changes": changes,
        "unscaled": encode(parameter.grad.numpy()),
        "final_scale": scales[-1],
    }


def schedule_case(theirs, ours, options, keywords, total, warmup, folder):
    keywords = dict(keywords)
    if keywords.get("num_decay_steps", 0) is None:
        keywords["num_decay_steps"] = -(-total // 10)
    arguments = TrainingArguments(
        output_dir=folder,
        learning_rate=3e-4,
        lr_scheduler_type=theirs,
        lr_scheduler_kwargs=keywords,
        warmup_steps=warmup,
        use_cpu=True,
        report_to=[],
    )
    trainer = Trainer(model=torch.nn.Linear(1, 1), args=arguments)
    trainer.create_optimizer()
    scheduler = trainer.create_scheduler(num_training_steps=total)
    rates = []
    try:
        for _ in range(total + 2):
            rates.append(scheduler.get_last_lr()[0])
            trainer.optimizer.step()
            scheduler.step()
    except ZeroDivisionError:  # polynomial without a step of decay
        pass
    return {
        "scheduler": ours,
        "options": options,
        "learning_rate": 3e-4,
        "total": total,
        "warmup": warmup,
        "warmup_steps": arguments.get_warmup_steps(total),
        "rates": rates,
    }


def kernel_cases():
    cases = []
    for seed, (n, decay) in enumerate([(256, 0.0), (1000, 0.0), (1, 0.0), (517, 0.1), (4096, 0.01)]):
        p = torch.from_numpy(bell(seed + 1, n))
        states = [torch.zeros(n, dtype=torch.uint8) for _ in range(2)]
        absmax = [torch.zeros(-(-n // 256)) for _ in range(2)]
        maps = [bnb.create_dynamic_map(signed) for signed in (True, False)]
        for step in (1, 2, 3):
            g = torch.from_numpy(gradient(100 * (seed + 1) + step, n))
            bnb.optimizer_update_8bit_blockwise(
                "adam", g, p, states[0], states[1], 0.9, 0.999, 0.0, 0.0, 1e-8, step, 1e-3, *maps, *absmax, decay
            )
        cases.append(
            {
                "n": n,
                "seed": seed + 1,
                "weight_decay": decay,
                "parameter": encode(p.numpy()),
                "codes1": encode(states[0].numpy()),
                "codes2": encode(states[1].numpy()),
                "absmax1": encode(absmax[0].numpy()),
                "absmax2": encode(absmax[1].numpy()),
            }
        )
    return cases


def bins(signed):
    """The code of the centre of every bin, block by block behind a 1 that makes absmax 1."""
    centres = (np.arange(65536, dtype=np.float64) * 2 / 65535 - 1).astype(np.float32)
    padded = np.concatenate([centres, np.zeros(-65536 % 255, dtype=np.float32)]).reshape(-1, 255)
    blocks = np.concatenate([np.ones((len(padded), 1), dtype=np.float32), padded], axis=1)
    codes, _ = torch.ops.bitsandbytes.quantize_blockwise(torch.from_numpy(blocks.flatten()), bnb.create_dynamic_map(signed), 256)
    return codes.numpy().reshape(-1, 256)[:, 1:].flatten()[:65536]


def runs_of(codes):
    """[code, how often] for every run."""
    borders = np.flatnonzero(np.diff(codes)) + 1
    return [[int(part[0]), len(part)] for part in np.split(codes, borders)]


def write(name, value):
    path = GOLDEN / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n")
    print(name, path.stat().st_size, "bytes")


def main():
    torch.set_num_threads(1)
    made_with = {module.__name__: module.__version__ for module in (torch, transformers, bitsandbytes)}
    with tempfile.TemporaryDirectory() as folder:
        cases = [optimizer_case(name, settings, folder) for name, settings in OPTIMIZERS.items()]
        rates = [schedule_case(*schedule, *length, folder) for schedule in SCHEDULES for length in LENGTHS]
    write(
        "train/optimizers.json",
        {"made_with": made_with, "steps": STEPS, "cases": cases, "clipping": clip_cases(), "scaler": scaler_case()},
    )
    write("train/schedules.json", {"made_with": made_with, "cases": rates})
    write(
        "kernels/optimizer8.json",
        {
            "made_with": made_with,
            "unsigned_map": encode(bnb.create_dynamic_map(signed=False).numpy()),
            "signed_bins": runs_of(bins(True)),
            "unsigned_bins": runs_of(bins(False)),
            "updates": kernel_cases(),
        },
    )


if __name__ == "__main__":
    main()
