# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/inference: greedy answers of the golden runs' models, and logits after the logits processors.

usage: generate.py TESTS_GOLDEN_DIR        needs torch 2.15, transformers 5.23 and peft 0.21.2

greedy.json    for each run, with and without its final adapter, all in float32: the prompts' ids, the answers' ids and, for
               each answered token, by how much the chosen score led the second one (where that is next to nothing, another
               order of summation may choose otherwise). An answer that ends at the stop token has it as its last id.
sampling.json  scores after the processors that Transformers sets up, in its own order; null is -infinity.
"""
import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig
from transformers.utils import logging

logging.set_verbosity_error()
torch.set_num_threads(1)
golden = Path(sys.argv[1])
out = golden / "inference"
out.mkdir(exist_ok=True)

RUNS = ["falcon-7b", "falcon-7b-dora", "falcon-40b-nf4", "falcon-rw", "llama-nf4", "llama-rank-pattern"]
PROMPTS = ["Who mends the kettle?\n", "Describe the ferry in one line.\n", "Question 3: where is the violin?\nAnswer:"]
NEW_TOKENS = 32


def greedy(model, tokenizer, prompt, penalty):
    ids = tokenizer(prompt, return_tensors="pt")
    made = model.generate(**ids, do_sample=False, max_new_tokens=NEW_TOKENS, repetition_penalty=penalty,
                          return_dict_in_generate=True, output_scores=True)
    gaps = []
    for scores in made.scores:
        first, second = scores[0].float().topk(2).values.tolist()
        gaps.append(round(first - second, 6))
    prompt_ids = ids["input_ids"][0].tolist()
    return {"prompt": prompt, "repetition_penalty": penalty, "prompt_ids": prompt_ids,
            "ids": made.sequences[0].tolist()[len(prompt_ids):], "gaps": gaps}


def answers(run):
    folder = golden / "runs" / run
    tokenizer = AutoTokenizer.from_pretrained(folder / "model")
    base = AutoModelForCausalLM.from_pretrained(folder / "model", dtype=torch.float32).eval()
    plain = [greedy(base, tokenizer, prompt, penalty) for penalty in (1.0, 1.3) for prompt in PROMPTS]
    tuned = PeftModel.from_pretrained(base, folder / "final_adapter").eval()
    with_adapter = [greedy(tuned, tokenizer, prompt, penalty) for penalty in (1.0, 1.3) for prompt in PROMPTS]
    return {"base": plain, "adapter": with_adapter}


def shown(values):
    return [None if value == -float("inf") else value for value in values]


def sampling_cases():
    generator = torch.Generator().manual_seed(7)
    spread = (torch.randn(48, generator=generator) * 3).tolist()
    tied = [round(value) / 2 for value in spread]  # many equal ones, exact in float32
    flat = [0.0] * 8
    # A nucleus of ties is decided by which of them torch.sort leaves last, so its border must not lie inside one.
    cases = [
        (spread, {"temperature": 0.7}), (spread, {"temperature": 1.9}), (spread, {"top_k": 5}), (spread, {"top_k": 1}),
        (spread, {"top_k": 48}), (spread, {"top_k": 1000}), (tied, {"top_k": 4}), (tied, {"top_k": 9}),
        (spread, {"top_p": 0.9}), (spread, {"top_p": 0.5}), (spread, {"top_p": 0.01}), (spread, {"top_p": 0.999}),
        (flat, {"top_p": 0.5}), (flat, {"top_p": 0.6}), (flat, {"top_p": 0.125}),
        (spread, {"min_p": 0.05}), (spread, {"min_p": 0.5}), (spread, {"min_p": 1.0}), (tied, {"min_p": 1.0}),
        (spread, {"repetition_penalty": 1.3}), (tied, {"repetition_penalty": 1.3}), (spread, {"repetition_penalty": 0.8}),
        (spread, {"temperature": 0.6, "top_k": 12, "top_p": 0.9, "min_p": 0.02, "repetition_penalty": 1.2}),
        (spread, {"temperature": 2.5, "top_k": 20, "top_p": 0.8, "min_p": 0.1, "repetition_penalty": 1.7}),
        (tied, {"temperature": 1.5, "top_k": 6, "min_p": 0.3}),
        (spread, {"top_k": 3, "top_p": 0.95}), (spread, {"top_p": 0.7, "min_p": 0.2}),
    ]
    context = [3, 17, 17, 40, 3, 3, 25]
    model = AutoModelForCausalLM.from_pretrained(golden / "runs" / "falcon-7b" / "model")
    for logits, options in cases:
        config = GenerationConfig(do_sample=True, top_k=options.get("top_k", 0),
                                  **{key: value for key, value in options.items() if key != "top_k"})
        processors = model._get_logits_processor(config, input_ids_seq_length=len(context), device="cpu", model_kwargs={})
        ids = torch.tensor([[index % len(logits) for index in context]])
        scores = processors(ids, torch.tensor([logits]))
        yield {"options": options, "context": ids[0].tolist(), "logits": torch.tensor(logits).tolist(),
               "filtered": shown(scores[0].tolist())}


def write(name, value, lines):
    """One line for each of the smallest parts, so that a difference can be read."""
    text = json.dumps(value, ensure_ascii=False)
    for mark in lines:
        text = text.replace(mark, "\n" + mark)
    (out / name).write_text(text + "\n")


write("greedy.json", {run: answers(run) for run in RUNS}, ['{"prompt"', '"adapter"', *(f'"{run}"' for run in RUNS)])
write("sampling.json", list(sampling_cases()), ['{"options"'])
