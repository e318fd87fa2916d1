# SPDX-License-Identifier: Apache-2.0
"""Reads the TensorBoard log of a run with TensorBoard itself and compares every value with metrics.jsonl.

usage: tensorboard_reads_logs.py RUN_FOLDER      (a run with logging.tensorboard: true; needs tensorboard 2.21)
"""
import json
import math
import pathlib
import sys

try:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.plugins.hparams import metadata
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(0)

run = pathlib.Path(sys.argv[1])
log = EventAccumulator(str(run / "logs"), size_guidance={"scalars": 0, "tensors": 0})
log.Reload()
tags = log.Tags()

names = {"loss": "train/loss", "grad_norm": "train/grad_norm", "learning_rate": "train/learning_rate",
         "epoch": "train/epoch", "tokens": "train/num_tokens", "tokens_per_second": "train/tokens_per_second",
         "eval_loss": "eval/loss", "eval_perplexity": "eval/perplexity"}
wanted = {tag: {} for tag in names.values()}
for line in open(run / "metrics.jsonl", encoding="utf-8"):
    row = json.loads(line)
    for key, tag in names.items():
        if key in row:
            wanted[tag][row["step"]] = math.nan if row[key] is None else row[key]

compared = 0
for tag, values in wanted.items():
    read = {event.step: event.value for event in log.Scalars(tag)} if tag in tags["scalars"] else {}
    if tag.startswith("eval/"):
        read.pop(0, None)  # the evaluation before training is not in metrics.jsonl
    assert read.keys() == values.keys(), f"{tag}: steps {sorted(read.keys() ^ values.keys())} differ"
    for step, value in values.items():
        same = math.isnan(value) and math.isnan(read[step]) or abs(read[step] - value) <= 1e-6 * max(1, abs(value))
        assert same, f"{tag} at step {step}: {read[step]} in the event files, {value} in metrics.jsonl"
        compared += 1

started = log.Tensors(metadata.SESSION_START_INFO_TAG)
content = log.SummaryMetadata(metadata.SESSION_START_INFO_TAG).plugin_data.content
hparams = metadata.parse_session_start_info_plugin_data(content).hparams
assert started and "lora.rank" in hparams, "the settings are not there as hparams"
assert log.Tensors("recipe/text_summary")[0].tensor_proto.string_val[0].startswith(b"```yaml\n")
print(f"{compared} values agree; lora.rank is {hparams['lora.rank'].number_value:g} among {len(hparams)} hparams; "
      f"texts: {[tag for tag in tags['tensors'] if tag.endswith('text_summary')]}")
