#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/kernels/quantization.json: what bitsandbytes 0.50.2 makes of awkward tensors on a CPU.

    $FALCONER_ORACLE_PYTHON tests/oracle/kernels_goldens.py

Inputs come from a counter-based generator that tests/kernels/golden_support.h repeats bit for bit, or are stored. Arrays are
base64 of little-endian bytes; those above LIMIT bytes are replaced by {"bytes", "crc32"}.
One thread: PyTorch's mean depends on the number of threads from 32,768 elements on.
"""
import base64
import json
import os
import pathlib
import zlib

os.environ["TORCHDYNAMO_DISABLE"] = "1"  # compiled kernels give the same bits, minutes later

import bitsandbytes
import bitsandbytes.functional as bnb
import numpy as np
import torch
from bitsandbytes.backends.default.ops import _get_4bit_quantize_bounds

LIMIT = 4096
OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "kernels" / "quantization.json"


def splitmix64(seed, n):
    z = np.uint64(seed) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def bell(seed, n):
    """The sum of four 16-bit fields, centred: about normal, 18 bits, so exact in float32."""
    h = splitmix64(seed, n)
    fields = sum(((h >> np.uint64(16 * k)) & np.uint64(0xFFFF)).astype(np.int64) for k in range(4))
    return ((fields - 131070) * 2.0**-20).astype(np.float32)


def bf16(x):
    return torch.from_numpy(x).bfloat16().float().numpy()


def bits(seed, n):
    """Any finite float."""
    h = (splitmix64(seed, n) >> np.uint64(32)).astype(np.uint32)
    return np.where((h & 0x7F800000) == 0x7F800000, h & np.uint32(0xBFFFFFFF), h).view(np.float32)


def denormal(seed, n):
    return ((splitmix64(seed, n) >> np.uint64(32)).astype(np.uint32) & np.uint32(0x807FFFFF)).view(np.float32)


def size(seed, n):
    """2^-7 to 2, with all bits of the fraction random: a sum of them rounds at every step."""
    return ((splitmix64(seed, n) >> np.uint64(32)).astype(np.uint32) & np.uint32(0x03FFFFFF) | np.uint32(0x3C000000)).view(np.float32)


KINDS = {
    "bell": bell,
    "bf16": lambda seed, n: bf16(bell(seed, n)),
    "bits": bits,
    "denormal": denormal,
    "size": size,
}


def pack(array):
    data = np.ascontiguousarray(array).tobytes()
    if len(data) > LIMIT:
        return {"bytes": len(data), "crc32": zlib.crc32(data)}
    return base64.b64encode(data).decode()


def source(kind, n, seed):
    return {"kind": kind, "n": n, "seed": seed}, KINDS[kind](seed, n)


def stored(name, values):
    x = np.asarray(values, dtype=np.float32)
    return {"kind": "stored", "name": name, "n": x.size, "data": base64.b64encode(x.tobytes()).decode()}, x


def ties(code, factor):
    """Every pivot and its two neighbours, in blocks whose largest element is `factor`."""
    pivots = _get_4bit_quantize_bounds(code, torch.device("cpu"))[0].numpy()
    low, high = np.nextafter(pivots, np.float32(-2)), np.nextafter(pivots, np.float32(2))
    block = np.concatenate([pivots, low, high, np.float32([1])])
    block = np.concatenate([block, np.zeros(64 - block.size, np.float32)]) * np.float32(factor)
    return stored(f"ties {code} x {factor}", np.concatenate([block, block[:46]]))  # the second block is short


def inputs4():
    for n in (1, 2, 63, 64, 65, 127, 4096, 96 * 8, 71 * 64 * 5, 4545 * 7):
        yield source("bell", n, n), (64,)
    yield source("bell", 12345, 1), (32, 128, 256, 512, 1024, 2048, 4096)
    yield source("bf16", 96 * 33, 2), (64, 256)
    yield source("bits", 3001, 3), (32, 64)
    yield source("denormal", 1001, 4), (64,)
    yield source("bell", 2_200_001, 5), (64,)  # 34,376 blocks: above PyTorch's splitting limit
    for code in ("nf4", "fp4"):
        for factor in (1, 0.125, 3):
            yield ties(code, factor), (64,)
    yield stored("zeros", [0] * 131), (64,)
    yield stored("negative zeros", [-0.0] * 67), (64,)
    yield stored("zero block between", [1] * 64 + [0] * 64 + [-2] * 32), (64,)
    yield stored("constant", [-0.7] * 128), (64,)
    yield stored("tiny tail", [1e-40, -1e-41, 3e-39]), (64,)
    yield stored("huge", [3.4e38, -3.4e38, 1e38, 2e37] * 33), (64,)
    yield stored("infinities", [float("inf"), 1, -float("inf")] + [2] * 63), (64,)
    yield stored("nan", [float("nan")] + [1] * 66), (64,)
    yield stored("ramp", (np.arange(64) - 32) / 32), (64,)


def cases4():
    for (described, x), block_sizes in inputs4():
        for block_size in block_sizes:
            for code in ("nf4", "fp4"):
                codes, plain = bnb.quantize_4bit(torch.from_numpy(x), blocksize=block_size, quant_type=code)
                again, state = bnb.quantize_4bit(
                    torch.from_numpy(x), blocksize=block_size, quant_type=code, compress_statistics=True)
                assert torch.equal(codes, again)
                case = {"input": described, "code": code, "block_size": block_size,
                        "codes": pack(codes.numpy()), "absmax": pack(plain.absmax.numpy())}
                if np.isfinite(x).all() and np.isfinite(state.offset.numpy()):
                    case |= {"absmax_codes": pack(state.absmax.numpy()), "absmax2": pack(state.state2.absmax.numpy()),
                             "offset": pack(state.offset.numpy())}
                    # its AVX-512 dequantizer is wrong for rows that are not whole blocks; an odd last dimension takes the
                    # generic path, which is right everywhere. The sign of zero is dropped: its tables disagree on FP4's code 8
                    for dtype in (torch.float32, torch.bfloat16):
                        state.dtype = dtype
                        if x.size % 2 == 1 or x.size % block_size == 0:
                            values = bnb.dequantize_4bit(codes, state) + 0.0
                            raw = values.view(torch.int16 if dtype == torch.bfloat16 else torch.int32).numpy()
                            case[str(dtype).removeprefix("torch.")] = zlib.crc32(raw.tobytes())
                yield case


def cases_scales():
    """Double quantization alone, at every length where the order of the sum changes."""
    sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 31, 32, 33, 63, 64, 65, 255, 256, 257, 511, 512, 513, 4095, 4097, 16384, 32767,
             32768, 65537, 70000, 300001, 1 << 20]
    again = [source("size", n, seed) for n in range(5, 14) for seed in range(100, 105)]  # short sums often agree by chance
    for described, x in [source("size", n, n) for n in sizes] + again + [
            source("bell", 2049, 6), stored("one value", [0.25] * 300), stored("zeros", [0] * 5),
            stored("group of zeros", [1] * 256 + [3] * 256 + [2] * 256)]:
        scales = torch.from_numpy(x)
        offset = scales.mean()
        codes, state = bnb.quantize_blockwise(scales - offset, blocksize=256)
        yield {"input": described, "absmax_codes": pack(codes.numpy()), "absmax2": pack(state.absmax.numpy()),
               "offset": pack(offset.numpy())}


def cases_rows():
    for rows, (described, x) in [(r, source(kind, r * c, seed)) for kind, r, c, seed in (
            ("bell", 1, 1, 1), ("bell", 3, 7, 2), ("bell", 5, 8, 3), ("bf16", 7, 33, 4), ("bell", 4, 1024, 5),
            ("bits", 16, 40, 6), ("denormal", 3, 21, 7), ("bell", 65, 515, 8))] + [
            (3, stored("ties", [127, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, 1, 63.5]
                       + [254, 1, 3, 5, -1, -3, -5, 253, 2, 127] + [1, 0.5, 0.25, 0.125, -1, -0.5, 0, 1, 1, 1])),
            (2, stored("zero row", [0] * 9 + [1] * 9)),
            (2, stored("not finite", [float("nan")] + [1] * 8 + [float("inf"), -float("inf")] + [1] * 7))]:
        codes, scales, _ = bnb.int8_vectorwise_quant(torch.from_numpy(x.reshape(rows, -1)))
        case = {"input": described, "rows": rows, "codes": pack(codes.numpy()), "scales": pack(scales.numpy())}
        if np.isfinite(x).all():
            values = bnb.int8_vectorwise_dequant(codes, scales) + 0.0
            case["float32"] = zlib.crc32(values.numpy().tobytes())
            case["bfloat16"] = zlib.crc32(values.bfloat16().view(torch.int16).numpy().tobytes())
        yield case


def main():
    assert bitsandbytes.__version__ == "0.50.2", bitsandbytes.__version__
    torch.set_num_threads(1)
    golden = {"made_by": f"bitsandbytes {bitsandbytes.__version__}, torch {torch.__version__}, CPU, one thread",
              "blocks": list(cases4()), "scales": list(cases_scales()), "rows": list(cases_rows())}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    groups = [f'"{name}":[\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in golden[name]) + "\n]"
              for name in ("blocks", "scales", "rows")]
    OUT.write_text('{"made_by":' + json.dumps(golden["made_by"]) + ",\n" + ",\n".join(groups) + "\n}\n")
    print(OUT.name, OUT.stat().st_size, "bytes;", *(f"{len(golden[k])} {k}" for k in ("blocks", "scales", "rows")))


if __name__ == "__main__":
    main()
