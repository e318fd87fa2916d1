# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/data/rows.{parquet,feather,arrow} and awkward.parquet: made-up rows as pyarrow stores them.

Run with the interpreter that FALCONER_ORACLE_PYTHON names (pyarrow 26)."""
import datetime
import pathlib

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet

DATA = pathlib.Path(__file__).resolve().parents[1] / "golden" / "data"

ROWS = 600                                          # more than one batch
table = pa.table({
    "prompt": pa.array([f"Which boat is number {i}?" for i in range(ROWS)], pa.string()),
    "completion": pa.array([f"The {['grey', 'red', 'blue'][i % 3]} one. 🚢" for i in range(ROWS)], pa.large_string()),
    "messages": pa.array(
        [[{"role": "user", "content": f"Ahoy {i}", "name": None}, {"role": "assistant", "content": "Aye", "name": "mate"}]
         for i in range(ROWS)],
        pa.list_(pa.struct([("role", pa.string()), ("content", pa.string()), ("name", pa.string())]))),
    "colour": pa.array([["grey", "red", "blue"][i % 3] for i in range(ROWS)]).dictionary_encode(),
    "length": pa.array([None if i == 1 else i * 3 for i in range(ROWS)], pa.int32()),
})
pyarrow.parquet.write_table(table, DATA / "rows.parquet", row_group_size=250, compression="zstd")
pyarrow.feather.write_feather(table, DATA / "rows.feather", compression="lz4", chunksize=250)
with pa.OSFile(str(DATA / "rows.arrow"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
    for batch in table.to_batches(max_chunksize=250):
        writer.write_batch(batch)

awkward = pa.table({
    "flag": [True, None],
    "half": pa.array([1.5, -0.25], pa.float16()),
    "number": pa.array([2**64 - 1, 0], pa.uint64()),
    "real": [0.1, 2.5],
    "day": [datetime.date(2026, 1, 2), None],
    "bytes": pa.array([b"plain", b"\xff\xfe"], pa.binary()),
    "pair": pa.array([[1, 2], [3, None]], pa.list_(pa.int8(), 2)),
    "deep": pa.array([[[["x"]], []], None], pa.list_(pa.list_(pa.list_(pa.string())))),
    "nothing": pa.nulls(2),
})
pyarrow.parquet.write_table(awkward, DATA / "awkward.parquet")
