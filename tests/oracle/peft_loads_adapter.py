# SPDX-License-Identifier: Apache-2.0
"""Loads adapters that Falconer wrote with PEFT and compares what they make of the model with what is expected.

usage: peft_loads_adapter.py MODEL_FOLDER ADAPTER_FOLDER ROWS.jsonl EVAL_LOSS
       EVAL_LOSS: "loss" of `falconer eval --json --model MODEL_FOLDER --adapter ADAPTER_FOLDER --data ROWS.jsonl
       --quantization none --set quantization.compute_dtype=float32`

       peft_loads_adapter.py --options TESTS_GOLDEN_DIR FOLDER
       FOLDER: what `FALCONER_KEEP_ADAPTERS=FOLDER tst_lora_options` left, an adapter for each case of lora_options.py; its
       logits must be those of PEFT's own model

needs transformers 5.23 and peft 0.21.2, for the quantized cases bitsandbytes 0.50.2
"""
import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
try:
    import torch
    from peft import PeftModel
    from safetensors.torch import load_file
    from transformers import AutoModelForCausalLM, AutoTokenizer
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(0)


def compare_loss(model_folder, adapter_folder, rows, measured):
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


def compare_options(golden, folder):
    import lora_options

    failed = []
    for name, case in lora_options.CASES.items():
        # LoftQ's base is the quantized one, which PEFT's golden holds as float32: load_base() must quantize it here.
        base = lora_options.load_base(case, golden)
        if name == "loftq":
            for module, linear in base.named_modules():
                if module.endswith(tuple(lora_options.LINEARS)):
                    linear.weight.data = lora_options.quantized_and_back(linear.weight.data)
        expected = load_file(golden / "model" / "lora" / f"{name}.safetensors")["logits"]
        with torch.no_grad():
            untouched = base(input_ids=lora_options.batch()).logits[:, -1]
            model = PeftModel.from_pretrained(base, folder / name)
            logits = model(input_ids=lora_options.batch()).logits[:, -1]
        off = float((logits - expected).norm() / expected.norm())
        moved = float((untouched - expected).norm() / expected.norm())
        # PEFT's own logits come from a base that was quantized anew without what OLoRA takes out
        good = off <= (0.2 if name == "olora-nf4" else 1e-5) and moved > 1e-3
        print(f"{name:16} off by {off:.2e} (the base alone by {moved:.2e}){'' if good else '  FAILED'}")
        failed += [] if good else [name]
    assert not failed, failed


if sys.argv[1] == "--options":
    compare_options(Path(sys.argv[2]), Path(sys.argv[3]))
else:
    compare_loss(*sys.argv[1:])
