# SPDX-License-Identifier: Apache-2.0
"""Loads an adapter that Falconer wrote with PEFT and compares its validation loss with what Falconer measured.

usage: peft_loads_adapter.py MODEL_FOLDER ADAPTER_FOLDER ROWS.jsonl EVAL_LOSS
       EVAL_LOSS: "loss" of `falconer eval --json --model MODEL_FOLDER --adapter ADAPTER_FOLDER --data ROWS.jsonl
       --quantization none --set quantization.compute_dtype=float32`; needs transformers 5.23 and peft 0.21.2
"""
import json
import os
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
try:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(0)

model_folder, adapter_folder, rows, measured = sys.argv[1:]
tokenizer = AutoTokenizer.from_pretrained(model_folder)
base = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32, attn_implementation="sdpa")
model = PeftModel.from_pretrained(base, adapter_folder).eval()
unused = [name for name, p in model.named_parameters() if "lora_B" in name and float(p.abs().sum()) == 0]
assert not unused, f"PEFT left these at their initial zero: {unused[:3]}"

total = count = 0
for line in open(rows, encoding="utf-8"):
    row = json.loads(line)
    prompt = tokenizer(row["prompt"])["input_ids"]
    ids = tokenizer(row["prompt"] + row["completion"] + tokenizer.eos_token)["input_ids"]
    start = next((i for i, (a, b) in enumerate(zip(prompt, ids)) if a != b), len(prompt))
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([ids])).logits[0, :-1]
    target = torch.tensor(ids[1:])
    losses = torch.nn.functional.cross_entropy(logits, target, reduction="none")[max(start - 1, 0):]
    total += float(losses.double().sum())
    count += len(losses)
loss = total / count
print(f"PEFT {loss:.8f}, Falconer {float(measured):.8f}, tokens {count}")
assert abs(loss - float(measured)) <= 1e-5 * loss, "the losses differ"
