# SPDX-License-Identifier: Apache-2.0
"""Compares `falconer generate` with Transformers on a GGUF file of a real model, greedily and in float32. By hand only.

usage: generate_gguf.py FALCONER MODEL.gguf [NEW_TOKENS]        needs torch 2.15, transformers 5.23 and gguf

Falconer's own prompt ids go into the reference model (what Transformers makes of a GGUF's tokenizer differs), so the models
are compared and nothing else. Agreement is asked for up to the first token whose logit led the second one by less than 1e-3.
"""
import json
import os
import subprocess
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import torch
from transformers import AutoModelForCausalLM

TIE = 1e-3
PROMPTS = ["The capital of France is", "def fibonacci(n):\n", "Once upon a time, in a lighthouse by the sea,",
           "<|im_start|>user\nName three kinds of bread.<|im_end|>\n<|im_start|>assistant\n"]


def falconer(program, *arguments):
    return json.loads(subprocess.run([program, *arguments, "--json"], check=True, capture_output=True, text=True).stdout)


program, model_file = sys.argv[1], os.path.abspath(sys.argv[2])
new_tokens = int(sys.argv[3]) if len(sys.argv) > 3 else 32
torch.set_num_threads(1)
prompts = [argument for prompt in PROMPTS for argument in ("--prompt", prompt)]
answers = falconer(program, "generate", "--model", model_file, "--quantization", "none", "--set", "device=cpu",
                   "--max-new-tokens", str(new_tokens), *prompts)["answers"]
model = AutoModelForCausalLM.from_pretrained(os.path.dirname(model_file), gguf_file=os.path.basename(model_file),
                                             dtype=torch.float32).eval()
wrong = 0
for prompt, answer in zip(PROMPTS, answers):
    ids = torch.tensor([falconer(program, "tokenize", "--model", model_file, "--text", prompt)["ids"]])
    made = model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=new_tokens,
                          return_dict_in_generate=True, output_logits=True)
    expected = made.sequences[0].tolist()[ids.shape[1]:]
    leads = [(scores[0].float().topk(2).values @ torch.tensor([1.0, -1.0])).item() for scores in made.logits]
    decided = next((i for i, lead in enumerate(leads) if lead < TIE), len(leads))
    ours = answer["ids"] + ([expected[-1]] if answer["finish"] == "stop_token" else [])
    same = next((i for i, (a, b) in enumerate(zip(ours, expected)) if a != b), min(len(ours), len(expected)))
    good = same >= decided
    wrong += not good
    print(f"{'same' if good else 'DIFFERENT'}: {same} of {len(expected)} tokens alike, decided up to {decided}, smallest lead "
          f"{min(leads):.4f}: {prompt!r}")
sys.exit(wrong > 0)
