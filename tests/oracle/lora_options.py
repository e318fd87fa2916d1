# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/model/lora: what PEFT makes of each LoRA option on the tiny models of tests/golden/runs, in float32.

usage: lora_options.py TESTS_GOLDEN_DIR [CASE...]

CASE.safetensors holds, under the names of an adapter file:
  initial.NAME   the trained tensor right after get_peft_model (seed 7); absent for saved modules, which start as the base's
  grad.NAME      its gradient after every trained tensor was moved by wave(); of large ones only `digest` of it
  logits         of the last position of both rows, adapter moved;  loss: mean cross entropy
  change.NAME    digest of what PiSSA, OLoRA or LoftQ changed in a weight of the base (not where that is quantized)
CASE.json is the adapter_config.json that PEFT writes. CASE/ (cases with `folder`) is the whole adapter as PEFT saves it.

Made with torch 2.15.0, transformers 5.23.0, peft 0.21.2 and bitsandbytes 0.50.2.
"""
import importlib.machinery
import json
import os
import shutil
import sys
import types
from dataclasses import dataclass, field
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import bitsandbytes as bnb
import peft
import torch
from peft.tuners.lora import layer as lora_layer
from peft.utils.loftq_utils import _low_rank_decomposition
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, BitsAndBytesConfig

SEED, LENGTH, LARGE = 7, 24, 20_000
FALCON = ["query_key_value", "dense_4h_to_h"]
LLAMA = ["q_proj", "down_proj"]
LINEARS = ["query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h"]


@dataclass
class Case:
    model: str
    targets: list
    options: dict = field(default_factory=dict)
    nf4: bool = False
    folder: bool = False  # keep the adapter folder, moved


CASES = {
    "gaussian": Case("llama-nf4", LLAMA, {"init_lora_weights": "gaussian"}),
    "rslora": Case("falcon-7b", FALCON, {"use_rslora": True}),
    "patterns": Case(
        "llama-nf4",
        LLAMA,
        {
            # in sorted order: PEFT sorts the keys when it saves, and the first match wins
            "rank_pattern": {r"(up|down)_proj": 2, r"layers\.1\.self_attn\.q_proj": 3, "q_proj": 5},
            "alpha_pattern": {r".*\.1\..*": 20, "down_proj": 3},
        },
        folder=True,
    ),
    "patterns-rslora": Case(
        "falcon-7b", FALCON, {"use_rslora": True, "rank_pattern": {"query_key_value": 6}, "alpha_pattern": {"h.1.mlp.dense_4h_to_h": 5}}
    ),
    "dora": Case("falcon-7b", FALCON, {"use_dora": True}),
    "dora-bias": Case("falcon-rw", FALCON, {"use_dora": True, "bias": "lora_only"}, folder=True),
    "dora-nf4": Case("llama-nf4", LLAMA, {"use_dora": True}, nf4=True),
    "pissa": Case("falcon-7b", FALCON, {"init_lora_weights": "pissa"}, folder=True),
    "pissa-dora": Case("falcon-rw", FALCON, {"init_lora_weights": "pissa", "use_dora": True}),
    "olora": Case("falcon-rw", FALCON, {"init_lora_weights": "olora", "rank_pattern": {"query_key_value": 3}}),
    "olora-nf4": Case("llama-nf4", LLAMA, {"init_lora_weights": "olora"}, nf4=True),
    "loftq": Case("falcon-7b", LINEARS, {"init_lora_weights": "loftq", "loftq_config": {"loftq_bits": 4, "loftq_iter": 1}}),
    "bias-all": Case("falcon-rw", FALCON, {"bias": "all", "layers_to_transform": [1]}, folder=True),
    "bias-lora-only": Case("falcon-rw", FALCON, {"bias": "lora_only"}),
    "saved-tied": Case("falcon-rw", FALCON, {"modules_to_save": ["word_embeddings", "lm_head", "ln_f"]}),
    "saved-head": Case("falcon-rw", FALCON, {"modules_to_save": ["lm_head"]}),
    "saved-nf4": Case("llama-nf4", LLAMA, {"modules_to_save": ["embed_tokens", "lm_head", "norm"]}, nf4=True),
    "saved-mlp": Case("falcon-rw", FALCON, {"modules_to_save": ["mlp"], "layers_to_transform": [0]}),
    "everything": Case(
        "falcon-rw",
        FALCON,
        {
            "use_dora": True,
            "use_rslora": True,
            "bias": "all",
            "modules_to_save": ["ln_f"],
            "rank_pattern": {"h.0.self_attention.query_key_value": 2},
            "alpha_pattern": {"dense_4h_to_h": 6},
        },
        folder=True,
    ),
}


def quantized_and_back(weight):
    quantized = bnb.nn.Params4bit(weight.clone(), requires_grad=False, compress_statistics=False, quant_type="nf4").to("cpu")
    return bnb.functional.dequantize_4bit(quantized.data, quantized.quant_state)


def loftq_on_the_cpu(weight, num_bits, reduced_rank, num_iter=1):
    """peft.utils.loftq_utils.loftq_init, which insists on a GPU."""
    assert num_bits == 4 and num_iter == 1
    weight = weight.data.to(torch.float32)
    dequantized = quantized_and_back(weight)
    output = _low_rank_decomposition(weight - dequantized, reduced_rank=reduced_rank)
    return dequantized.to(weight.dtype), output["R"], output["L"]


lora_layer.loftq_init = loftq_on_the_cpu
sys.modules.setdefault("scipy", types.ModuleType("scipy"))  # PEFT asks for it and, with bitsandbytes, never calls it
sys.modules["scipy"].__spec__ = importlib.machinery.ModuleSpec("scipy", None)


def load_base(case, golden):
    options = {}
    if case.nf4:
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=torch.float32
        )
    base = AutoModelForCausalLM.from_pretrained(
        golden / "runs" / case.model / "model", dtype=torch.float32, device_map={"": "cpu"}, attn_implementation="sdpa", **options
    )
    for module in base.modules():
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
    return base


def file_name(name):
    """The name of a parameter in an adapter file."""
    name = name.replace(".modules_to_save.default", "").replace(".default", "")
    return name.removesuffix(".weight") if "lora_magnitude_vector" in name else name


def trained(model):
    return {file_name(name): p for name, p in model.named_parameters() if p.requires_grad}


def wave(parameter):
    return 0.02 * torch.cos(0.37 * torch.arange(parameter.numel(), dtype=torch.float64)).float().view_as(parameter)


def digest(gradient):
    """Two numbers a row."""
    columns = torch.cos(torch.arange(gradient.shape[1], dtype=torch.float64)).float()
    return torch.stack([gradient.norm(dim=1), gradient @ columns])


def batch():
    position = torch.arange(LENGTH)
    return torch.stack([(7 * position * position + 3 * position + 11 * row + 5) % 640 for row in range(2)])


def measure(model, tensors):
    model.train()
    ids = batch()
    output = model(input_ids=ids, labels=ids)
    output.loss.backward()
    tensors["logits"] = output.logits[:, -1].detach().clone()
    tensors["loss"] = output.loss.detach().clone()
    for name, parameter in trained(model).items():
        gradient = parameter.grad
        tensors["grad." + name] = digest(gradient) if parameter.numel() > LARGE else gradient.clone()


def make(name, case, golden):
    out = golden / "model" / "lora"
    base = load_base(case, golden)
    before = {n: p.detach().clone() for n, p in base.named_parameters()}
    torch.manual_seed(SEED)
    options = {"r": 4, "lora_alpha": 8, "lora_dropout": 0.0} | case.options
    model = peft.get_peft_model(base, peft.LoraConfig(task_type="CAUSAL_LM", target_modules=case.targets, **options))
    tensors = {}
    saved = case.options.get("modules_to_save", [])
    for key, parameter in trained(model).items():
        if "lora_" in key:
            tensors["initial." + key] = parameter.detach().clone()
        parameter.data += wave(parameter)
    for key, parameter in model.named_parameters():  # what PiSSA, OLoRA and LoftQ made of the base
        plain = key.replace("base_model.model.", "", 1).replace(".base_layer", "")
        if ".base_layer.weight" in key and not case.nf4 and not torch.equal(parameter.data, before[plain]):
            change = parameter.data - before[plain]
            tensors["change." + plain] = digest(change)
    model.save_pretrained(out / name)
    (out / name / "README.md").unlink()
    measure(model, tensors)
    save_file({k: v.contiguous() for k, v in tensors.items()}, out / f"{name}.safetensors")
    (out / f"{name}.safetensors").chmod(0o644)
    (out / name / "adapter_model.safetensors").chmod(0o644)
    config = json.loads((out / name / "adapter_config.json").read_text())
    config["base_model_name_or_path"] = "base"  # not this machine's path
    (out / name / "adapter_config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    if not case.folder:
        shutil.copy(out / name / "adapter_config.json", out / f"{name}.json")
        shutil.rmtree(out / name)
    print(name, float(tensors["loss"]), len(tensors), saved)


def main():
    golden, names = Path(sys.argv[1]), sys.argv[2:] or list(CASES)
    (golden / "model" / "lora").mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    for name in names:
        make(name, CASES[name], golden)


if __name__ == "__main__":
    main()
