# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/data/randperm.json: torch.randperm under CPU generators, as accelerate's SeedableRandomSampler draws it.

Run with the interpreter that FALCONER_ORACLE_PYTHON names (torch 2.15)."""
import json
import pathlib

import torch

SIZES = [1, 2, 3, 10, 64, 864, 1000, 5000, 100000]
SEEDS = [(0, 0), (42, 0), (42, 2), (2**32 - 1, 1), (2**32 + 42, 0), (2**63 - 1, 0), (123456789012345, 7)]


def fnv1a(values):
    """64-bit FNV-1a over the values as little-endian 64-bit integers."""
    hashed = 0xCBF29CE484222325
    for value in values:
        for byte in value.to_bytes(8, "little"):
            hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return f"{hashed:016x}"


cases = []
for n in SIZES:
    for seed, epoch in SEEDS:
        generator = torch.Generator()
        generator.manual_seed(seed + epoch)
        order = torch.randperm(n, generator=generator).tolist()
        cases.append({"n": n, "seed": str(seed), "epoch": epoch, "first": order[:10], "last": order[-3:], "fnv1a": fnv1a(order)})

target = pathlib.Path(__file__).resolve().parents[1] / "golden" / "data" / "randperm.json"
lines = ",\n  ".join(json.dumps(case) for case in cases)
target.write_text(f'{{"torch": "{torch.__version__}", "cases": [\n  {lines}\n]}}\n')
