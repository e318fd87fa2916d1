# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/model: the llama golden as a GGUF file in llama.cpp's layout, and PEFT's initial LoRA matrices.

usage: model_goldens.py TESTS_GOLDEN_DIR        needs torch 2.15, transformers 5.23, peft 0.21.2 and gguf 0.19
"""
import json
import os
import sys

import gguf
import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

os.environ["HF_HUB_OFFLINE"] = "1"
golden = sys.argv[1]
out = os.path.join(golden, "model")
os.makedirs(out, exist_ok=True)


def to_pairs(weight, heads):
    """The row order of q and k in a GGUF llama: interleaved pairs instead of halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def write_gguf(source, path):
    config = json.load(open(os.path.join(source, "config.json")))
    tokenizer = json.load(open(os.path.join(source, "tokenizer.json")))
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_key_length(config["head_dim"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_parameters"]["rope_theta"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    vocabulary = sorted(tokenizer["model"]["vocab"], key=tokenizer["model"]["vocab"].get)
    writer.add_token_list(vocabulary)
    writer.add_token_types([3 if token == "<|endoftext|>" else 1 for token in vocabulary])
    writer.add_token_merges([" ".join(pair) for pair in tokenizer["model"]["merges"]])
    writer.add_eos_token_id(0)
    names = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight",
             "lm_head.weight": "output.weight"}
    parts = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
             "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
             "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
    for name, tensor in load_file(os.path.join(source, "model.safetensors")).items():
        values = tensor.float().numpy()
        if name.startswith("model.layers."):
            _, _, layer, rest = name.split(".", 3)
            module = rest.removesuffix(".weight")
            if module.endswith("q_proj"):
                values = to_pairs(values, heads)
            if module.endswith("k_proj"):
                values = to_pairs(values, kv_heads)
            name = f"blk.{layer}.{parts[module]}.weight"
        else:
            name = names[name]
        if values.ndim == 1:
            writer.add_tensor(name, values)
        else:                                      # the checkpoint is bfloat16, so nothing is lost
            data = gguf.quants.quantize(np.ascontiguousarray(values), gguf.GGMLQuantizationType.BF16)
            writer.add_tensor(name, data, raw_dtype=gguf.GGMLQuantizationType.BF16)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


write_gguf(os.path.join(golden, "runs/llama-nf4/model"), os.path.join(out, "llama.gguf"))
model = AutoModelForCausalLM.from_pretrained(os.path.join(golden, "runs/falcon-7b/model"), dtype=torch.float32)
torch.manual_seed(7)
adapted = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", r=4, lora_alpha=8, target_modules="all-linear"))
save_file({name.replace(".default", ""): p.detach().clone() for name, p in adapted.named_parameters() if "lora_" in name},
          os.path.join(out, "peft_initial_seed7.safetensors"), metadata={"format": "pt"})
