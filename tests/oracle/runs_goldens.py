#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden runs: what the Hugging Face stack computes from a tiny random model, on the CPU and in float32.

usage: runs_goldens.py FOLDER [CASE...]        all cases into FOLDER, beside its rows.jsonl (see rows.py)

Each case is a folder with the model, its tokenizer, the initial and the final adapter, the rows, and golden.json: tokens and
labels of the first row, logits of a probe, gradient norms of the first micro-batch, every step's loss, gradient norm and
learning rate, every evaluation. Weight files are bfloat16, computed in float32; nf4 means double quantization too.

Made with torch 2.15.0, transformers 5.23.0, trl 1.16.0, peft 0.21.2 and bitsandbytes 0.50.2.
"""
import json
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import peft
import torch
import transformers
import transformers.models.falcon.modeling_falcon as falcon_model
import trl
from datasets import load_dataset
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch.utils.data import SequentialSampler
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, FalconConfig, LlamaConfig, PreTrainedTokenizerFast
from trl import SFTConfig, SFTTrainer

END_OF_TEXT = "<|endoftext|>"
HIDDEN, HEADS, LAYERS, VOCABULARY = 128, 4, 2, 640
RANK = 8
TRAIN_ROWS, VALIDATION_ROWS = 64, 24
TRAINING = {
    "max_length": 96,
    "per_device_batch_size": 4,
    "gradient_accumulation_steps": 2,
    "max_steps": 12,
    "learning_rate": 2e-3,
    "scheduler": "cosine",
    "warmup_steps": 3,
    "weight_decay": 0.01,
    "max_grad_norm": 1.0,
    "shuffle": False,
    "completion_only_loss": True,
    "eval_every": 4,
}

LLAMA3_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


@dataclass(frozen=True)
class Case:
    variant: str
    seed: int
    quantization: str = "none"
    scheduler: str = "cosine"
    rslora: bool = False
    lora: dict = field(default_factory=dict)


CASES = {
    "falcon-7b": Case("falcon-7b", seed=0),
    "falcon-7b-nf4": Case("falcon-7b", seed=1, quantization="nf4"),
    "falcon-40b-nf4": Case("falcon-40b", seed=2, quantization="nf4", scheduler="linear"),
    "falcon-rw": Case("falcon-rw", seed=3, scheduler="constant"),
    "llama-nf4": Case("llama", seed=4, quantization="nf4", rslora=True),
    "falcon-7b-dora": Case("falcon-7b", seed=5, quantization="nf4", lora={"use_dora": True}),
    "llama-rank-pattern": Case(
        "llama",
        seed=6,
        lora={
            # in sorted order: PEFT sorts the keys when it saves, and the first match wins
            "rank_pattern": {r"layers\.0\.self_attn\..*": 2, "mlp.down_proj": 4, "q_proj": 12, "v_proj": 3},
            "alpha_pattern": {"down_proj": 10, "v_proj": 6},
        },
    ),
}


def is_falcon(case):
    return case.variant.startswith("falcon")


def make_tokenizer(case, rows):
    tokenizer = Tokenizer(models.BPE())
    if is_falcon(case):
        steps = [
            pre_tokenizers.Punctuation("contiguous"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=True),
            pre_tokenizers.Digits(individual_digits=False),
            pre_tokenizers.Split(Regex("[0-9][0-9][0-9]"), "isolated"),
        ]
    else:
        steps = [
            pre_tokenizers.Split(Regex(LLAMA3_SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[END_OF_TEXT], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator((row["prompt"] + row["completion"] for row in rows), trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=END_OF_TEXT, pad_token=END_OF_TEXT)


def make_config(case, tokenizer):
    shape = {
        "vocab_size": tokenizer.vocab_size,
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
    }
    if case.variant == "falcon-7b":
        config = FalconConfig(
            **shape, multi_query=True, parallel_attn=True, bias=False, alibi=False, new_decoder_architecture=False
        )
    elif case.variant == "falcon-40b":
        config = FalconConfig(
            **shape, num_kv_heads=2, parallel_attn=True, bias=False, alibi=False, new_decoder_architecture=True
        )
    elif case.variant == "falcon-rw":
        config = FalconConfig(
            **shape, multi_query=False, parallel_attn=False, bias=True, alibi=True, new_decoder_architecture=False
        )
    else:
        config = LlamaConfig(
            **shape,
            intermediate_size=2 * HIDDEN + 64,
            num_key_value_heads=2,
            tie_word_embeddings=False,
            rms_norm_eps=1e-6,
            rope_theta=1000042.0,
        )
    config.bos_token_id = config.eos_token_id = config.pad_token_id = tokenizer.eos_token_id
    return config


def write_random_model(config, folder):
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    with torch.no_grad():
        for name, parameter in model.named_parameters():  # wide enough that every term shows in the logits
            if parameter.ndim == 1:
                parameter.copy_((0.0 if "bias" in name else 1.0) + 0.1 * torch.randn_like(parameter))
            else:
                parameter.normal_(0, 0.06)
    model.to(torch.bfloat16).save_pretrained(folder)


def load_base(folder, quantization, dtype=torch.float32):
    options = {}
    if quantization == "nf4":
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=dtype,
        )
    base = AutoModelForCausalLM.from_pretrained(
        folder, dtype=dtype, device_map={"": "cpu"}, attn_implementation="sdpa", **options
    )
    for module in base.modules():
        # In evaluation bitsandbytes repacks weights to bfloat16 on CPUs with AVX512-BF16, which changes the numbers.
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
    return base


def add_adapter(case, base):
    if is_falcon(case):
        targets = ["query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h"]
    else:
        targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    config = peft.LoraConfig(
        task_type="CAUSAL_LM",
        r=RANK,
        lora_alpha=2 * RANK,
        lora_dropout=0.0,
        target_modules=targets,
        use_rslora=case.rslora,
        **case.lora,
    )
    model = peft.get_peft_model(base, config)
    torch.manual_seed(case.seed + 1)
    with torch.no_grad():
        for name, parameter in model.named_parameters():  # B too: a zero B would hide A's gradients
            if "lora_A" in name or "lora_B" in name:
                parameter.normal_(0, 0.02)
    return model


class GoldenTrainer(SFTTrainer):
    """Rows in file order; beside Trainer's mean of batch means, the plain mean over all unmasked tokens."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.token_means = {}

    def evaluate(self, *args, **kwargs):
        result = super().evaluate(*args, **kwargs)
        was_training = self.model.training
        self.model.eval()
        total = count = 0
        with torch.no_grad():
            for batch in self.get_eval_dataloader():
                inputs = model_inputs(batch)
                tokens = int((inputs["labels"][:, 1:] != -100).sum())
                total += float(self.model(**inputs).loss) * tokens
                count += tokens
        self.token_means[self.state.global_step] = total / count
        self.model.train(was_training)
        return result

    def _get_train_sampler(self, *args, **kwargs):
        return SequentialSampler(self.train_dataset)


def model_inputs(batch):
    return {key: value for key, value in batch.items() if key in ("input_ids", "attention_mask", "labels")}


def make_trainer(model, tokenizer, folder, training, **settings):
    """Over the rows in `folder`; `training` is what golden.json says of a run, `settings` what SFTConfig is told otherwise."""
    rows = load_dataset(
        "json",
        data_files={"train": str(folder / "train.jsonl"), "validation": str(folder / "validation.jsonl")},
        cache_dir=str(folder / ".cache"),
    )
    usual = {
        "output_dir": str(folder / ".run"),
        "max_steps": training["max_steps"],
        "per_device_train_batch_size": training["per_device_batch_size"],
        "per_device_eval_batch_size": training["per_device_batch_size"],
        "gradient_accumulation_steps": training["gradient_accumulation_steps"],
        "learning_rate": training["learning_rate"],
        "lr_scheduler_type": training["scheduler"],
        "warmup_steps": training["warmup_steps"],
        "weight_decay": training["weight_decay"],
        "max_grad_norm": training["max_grad_norm"],
        "optim": "adamw_torch",
        "logging_steps": 1,
        "eval_strategy": "steps",
        "eval_steps": training["eval_every"],
        "save_strategy": "no",
        "report_to": [],
        "bf16": False,
        "fp16": False,
        "gradient_checkpointing": False,
        "max_length": training["max_length"],
        "packing": False,
        "completion_only_loss": training["completion_only_loss"],
        "use_cpu": True,
        "disable_tqdm": True,
        "shuffle_dataset": training["shuffle"],
    }
    arguments = SFTConfig(**(usual | settings))
    initial = {name: p.detach().clone().float() for name, p in model.named_parameters() if p.requires_grad}
    trainer = GoldenTrainer(
        model=model,
        args=arguments,
        train_dataset=rows["train"],
        eval_dataset=None if settings.get("eval_strategy") == "no" else rows["validation"],
        processing_class=tokenizer,
    )
    for name, parameter in model.named_parameters():  # TRL casts a quantized model's adapter to bfloat16; goldens stay float32
        if name in initial:
            parameter.data = initial[name].clone()
    return trainer


def logged_steps(trainer):
    keys = ("step", "loss", "grad_norm", "learning_rate")
    return [{key: entry[key] for key in keys} for entry in trainer.state.log_history if "loss" in entry]


def first_micro_batch(trainer, model):
    """Its loss, and the gradient norm of every LoRA matrix."""
    model.train()
    output = model(**model_inputs(next(iter(trainer.get_train_dataloader()))))
    output.loss.backward()
    norms = {n.replace(".default", ""): float(p.grad.norm()) for n, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    return float(output.loss), norms


def write_rows(path, rows):
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n")


def make_case(name, case, folder, rows):
    model_folder = folder / "model"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(case.seed)
    tokenizer = make_tokenizer(case, rows)
    tokenizer.save_pretrained(model_folder)
    write_random_model(make_config(case, tokenizer), model_folder)
    model = add_adapter(case, load_base(model_folder, case.quantization))
    model.save_pretrained(folder / "initial_adapter")

    write_rows(folder / "train.jsonl", rows[:TRAIN_ROWS])
    write_rows(folder / "validation.jsonl", rows[TRAIN_ROWS : TRAIN_ROWS + VALIDATION_ROWS])
    probe = tokenizer(rows[0]["prompt"] + rows[0]["completion"], return_tensors="pt")["input_ids"]
    with torch.no_grad():
        logits = model(input_ids=probe).logits[0]

    training = TRAINING | {"scheduler": case.scheduler}
    trainer = make_trainer(model, tokenizer, folder, training)
    columns = ("input_ids", "completion_mask", "labels", "attention_mask")
    row0 = {key: trainer.train_dataset[0][key] for key in trainer.train_dataset.column_names if key in columns}
    loss, norms = first_micro_batch(trainer, model)
    trainer.train()
    trainer.evaluate()
    model.save_pretrained(folder / "final_adapter")

    steps = logged_steps(trainer)
    evals = {
        entry["step"]: {
            "step": entry["step"],
            "eval_loss_trainer": entry["eval_loss"],
            "eval_loss_token_mean": trainer.token_means[entry["step"]],
        }
        for entry in trainer.state.log_history
        if "eval_loss" in entry
    }
    golden = {
        "made_with": {module.__name__: module.__version__ for module in (torch, transformers, peft, trl)},
        "variant": case.variant,
        "quantization": case.quantization,
        "compute_dtype": "float32",
        "row0": row0,
        "probe_ids": probe[0].tolist(),
        "probe_logits_last": logits[-1].tolist(),
        "probe_logits_row_norms": logits.norm(dim=-1).tolist(),
        "first_micro_batch_loss": loss,
        "first_micro_batch_grad_norms": norms,
        "training": training,
        "steps": steps,
        "evals": list(evals.values()),
    }
    (folder / "golden.json").write_text(json.dumps(golden, indent=1))
    for left_over in (".cache", ".run"):
        shutil.rmtree(folder / left_over, ignore_errors=True)
    for adapter in ("initial_adapter", "final_adapter"):  # PEFT's model card, which says nothing here
        (folder / adapter / "README.md").unlink(missing_ok=True)
    print(name, [round(step["loss"], 4) for step in steps], [round(e["eval_loss_token_mean"], 4) for e in evals.values()])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, names = Path(sys.argv[1]), sys.argv[2:] or list(CASES)
    torch.set_num_threads(2)
    falcon_model.FalconLinear = torch.nn.Linear  # transformers 5.23 quantizes only an exact nn.Linear
    rows = [json.loads(line) for line in (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in names:
        make_case(name, CASES[name], folder / name, rows)


if __name__ == "__main__":
    main()
