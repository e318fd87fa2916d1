# SPDX-License-Identifier: Apache-2.0
"""Makes tests/golden/data/batch_order.json: rows grouped by length as Transformers samples them, and packed as TRL packs them.

Run with the interpreter that FALCONER_ORACLE_PYTHON names (torch, transformers, trl, datasets).
"""
import json
import pathlib
import random

try:
    import torch
    from datasets import Dataset
    from transformers.trainer_pt_utils import get_length_grouped_indices
    from trl import pack_dataset
except ImportError as missing:
    print(f"skipped: {missing}")
    raise SystemExit(0)

random.seed(1)
grouped, packed = [], []
for n, batch, seed, epoch in [(1, 1, 42, 0), (5, 4, 42, 0), (7, 2, 0, 3), (64, 4, 42, 0), (64, 4, 42, 1), (100, 8, 7, 0),
                              (450, 2, 42, 2), (333, 16, 123456789, 0), (40, 1, 5, 0)]:
    lengths = [random.randint(1, 96) for _ in range(n)]
    order = get_length_grouped_indices(lengths, batch, generator=torch.Generator().manual_seed(seed + epoch))
    grouped.append({"lengths": lengths, "batch": batch, "seed": seed, "epoch": epoch, "order": order})

for n, longest, limit in [(1, 8, 8), (4, 5, 8), (30, 8, 8), (60, 64, 64), (60, 20, 64), (50, 7, 128), (1000, 96, 96), (1003, 40, 96),
                          (2500, 12, 16)]:
    lengths = [random.randint(1, longest) for _ in range(n)]
    rows = []
    for index, length in enumerate(lengths):
        rows.append([index] * length)  # a row's ids tell which row it is
    result = pack_dataset(Dataset.from_dict({"input_ids": rows}), limit, "bfd")
    bins = []
    for ids, parts in zip(result["input_ids"], result["seq_lengths"]):
        at, members = 0, []
        for part in parts:
            members.append(ids[at])
            at += part
        bins.append(members)
    packed.append({"lengths": lengths, "max_length": limit, "bins": bins})

target = pathlib.Path(__file__).resolve().parents[1] / "golden/data/batch_order.json"
target.write_text(json.dumps({"grouped": grouped, "packed": packed}, separators=(",", ":")) + "\n")
print(target.name, len(grouped), len(packed))
