# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/formats/ with the reference libraries (PyPI: gguf, safetensors, numpy, torch).

blocks.gguf        random blocks of every tensor type that Falconer reads, and metadata of every value type
blocks.safetensors the same tensors as gguf.quants.dequantize gives them, in F32
mixed.safetensors  every plain type of safetensors, a scalar, an empty tensor and awkward names, as the library writes it
"""
import pathlib
import sys

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Type
from gguf import GGUFValueType as Value
from safetensors.numpy import save_file as save_numpy
from safetensors.torch import save_file as save_torch

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "golden" / "formats")
out.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(42)


def halves(count):
    """Random half-precision numbers, subnormal ones, zeros and both signs among them, but no infinity or NaN."""
    bits = rng.integers(0, 1 << 16, count, dtype=np.uint16)
    bits[(bits & 0x7C00) == 0x7C00] ^= 0x4000
    bits[:4] = [0, 0x8000, 1, 0x83FF]
    return bits


def blocks(rows, columns, scales, quant_bytes):
    """[rows, columns / 32 blocks] of `scales` halves and random quants, as bytes."""
    count = rows * columns // 32
    parts = [halves(count).reshape(count, 1).view(np.uint8) for _ in range(scales)]
    parts.append(rng.integers(0, 256, (count, quant_bytes), dtype=np.uint8))
    return np.concatenate(parts, axis=1).reshape(rows, -1)


stored = {
    "blk.0.q4_0.weight": (Type.Q4_0, blocks(6, 64, 1, 16)),
    "blk.0.q4_1.weight": (Type.Q4_1, blocks(5, 96, 2, 16)),
    "blk.0.q8_0.weight": (Type.Q8_0, blocks(4, 32, 1, 32)),
    "blk.0.bf16.weight": (Type.BF16, rng.standard_normal((3, 7), dtype=np.float32).view(np.uint16)[:, 1::2].copy().view(np.uint8)),
    "blk.0.f16.weight": (Type.F16, halves(2 * 3 * 5).view(np.float16).reshape(2, 3, 5)),
    "blk.0.f32.weight": (Type.F32, rng.standard_normal(9, dtype=np.float32)),
}

writer = gguf.GGUFWriter(out / "blocks.gguf", "llama")
writer.add_uint8("test.u8", 255)
writer.add_int8("test.i8", -128)
writer.add_uint16("test.u16", 65535)
writer.add_int16("test.i16", -32768)
writer.add_uint32("test.u32", 2**32 - 1)
writer.add_int32("test.i32", -(2**31))
writer.add_uint64("test.u64", 2**64 - 1)
writer.add_int64("test.i64", -(2**63))
writer.add_float32("test.f32", 0.1)
writer.add_float64("test.f64", 0.1)
writer.add_bool("test.bool", True)
writer.add_string("test.string", "gr\u00fc\u00df")
writer.add_array("test.strings", ["a", "", "\u20ac"])
writer.add_array("test.i32s", [-1, 0, 7])
writer.add_array("test.floats", [0.5, -1.25])
writer.add_array("test.bools", [True, False])
writer.add_key_value("test.u8s", bytes([1, 2, 255]), Value.ARRAY, sub_type=Value.UINT8)
expected = {}
for name, (type_, data) in stored.items():
    writer.add_tensor(name, data, raw_dtype=type_)
    expected[name] = np.ascontiguousarray(gguf.quants.dequantize(data, type_)).astype(np.float32)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
save_numpy(expected, out / "blocks.safetensors")

torch.manual_seed(42)
mixed = {name: torch.randint(0, 100, (2, 3)).to(getattr(torch, name)) for name in (
    "float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8",
    "uint64", "uint32", "uint16", "uint8", "bool")}
mixed["z.scalar"] = torch.tensor(-1.5)
mixed["a.empty"] = torch.zeros(0, 4)
mixed["b.second"] = torch.arange(5, dtype=torch.float32)
mixed["\u00e9\u20ac \"quoted\" \\ \t\x1f\x7f"] = torch.tensor([1, 2], dtype=torch.int16)
save_torch(mixed, out / "mixed.safetensors", metadata={"format": "pt"})
