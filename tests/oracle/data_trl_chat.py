# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/data/trl_chat.json: conversations as TRL's SFTTrainer renders, tokenizes and masks them, under chat
templates written for this.

Run with the interpreter that FALCONER_ORACLE_PYTHON names (trl 1.16); reads the tokenizers of tests/golden/runs/*/model, or
of the folder given as the only argument."""
import json
import pathlib
import sys
import types

import trl
from datasets import Dataset
from transformers import AutoTokenizer
from trl import SFTConfig, SFTTrainer
from trl.data_utils import is_conversational

TESTS = pathlib.Path(__file__).resolve().parents[1]
RUNS = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS / "golden" / "runs"
TOKENIZERS = ["falcon-7b", "llama-nf4"]
MAX_LENGTHS = [40, 512]

TEMPLATES = {
    # the answer with its end mark
    "marked": """{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- '<bot>\\n' }}{% generation %}{{ message.content }}{{ eos_token }}{% endgeneration %}{{ '\\n' }}
    {%- else %}
        {{- '<' + message.role + '>\\n' + message.content + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{ '<bot>\\n' }}{% endif %}""",
    # marks inside tokens: the mark begins behind a quote and ends in the middle of a line
    "tight": """{% for m in messages %}{% if m.role == 'assistant' %}Bot:"{% generation %}{{ m.content | trim }}{% endgeneration %}"
{% else %}{{ m.role }}:"{{ m.content }}"
{% endif %}{% endfor %}{% if add_generation_prompt %}Bot:"{% endif %}""",
    "unmarked": """{{ bos_token if bos_token is defined }}{% for m in messages %}[{{ m['role'] | upper }}] {{ m['content'] }} [/]
{% endfor %}{% if add_generation_prompt %}[ASSISTANT] {% endif %}""",
    # the prompt by itself is no prefix of the whole
    "thinking": """{% for m in messages %}({{ m.role }}) {% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}
{% endfor %}{% if add_generation_prompt %}(assistant) <think>
{% endif %}""",
    "tools": """{% if tools %}Tools: {{ tools | tojson }}
{% endif %}{{ greeting | default('') }}{% for m in messages %}{{ m.role }}: {% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% for call in m.tool_calls or [] %}{{ call | tojson }}{% endfor %}{% endgeneration %}{% else %}{{ m.content }}{% endif %}
{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}""",
}


def user(content):
    return {"role": "user", "content": content}


def bot(content):
    return {"role": "assistant", "content": content}


ROWS = [
    {"messages": [user("Who paints the lighthouse?"), bot("Zoë paints it.")]},
    {"messages": [{"role": "system", "content": "Be brief."}, user("12 or 345?"), bot("345"), user("And  now?\n"), bot(" 12 \n")]},
    {"messages": [user("雨?"), bot("雨が降る。 Привет 😀👍🏽"), user("☕"), bot("é 😀")]},
    {"messages": [bot("I speak first."), user("So you do.")]},
    {"messages": [user("Nobody answers.")]},
    {"messages": [user("Say nothing."), bot(""), user("Again."), bot("No.")]},
    {"messages": [user("A question that is much too long for a short maximum, since it goes on and on about the harbour."), bot("No.")]},
    {"prompt": [user("Who paints the lighthouse?")], "completion": [bot("Zoë paints it.")]},
    {"prompt": [user("One."), bot("Two."), user("Three.")], "completion": [bot("Four.")]},
    {"prompt": [user("Go on.")], "completion": [bot("Yes."), user("More."), bot("No more. 👍🏽")]},
    {"prompt": [user("e")], "completion": [bot("\u0301 is a combining accent")]},
    {"prompt": [user("Quotes")], "completion": [bot("\"'s\" odd")]},
    {"messages": [user("Weather?"), {"role": "assistant", "content": "Let me see. ", "tool_calls": [{"name": "weather", "arguments": {"where": "Bay", "a": 1}}]},
                  {"role": "tool", "content": "rain"}, bot("Rain.")],
     "tools": [{"type": "function", "function": {"name": "weather", "parameters": {"where": "string", "a": "int"}}}],
     "chat_template_kwargs": {"greeting": "Hello there. "}},
]

cases = []
for name in TOKENIZERS:
    tokenizer = AutoTokenizer.from_pretrained(RUNS / name / "model")
    for template, source in TEMPLATES.items():
        tokenizer.chat_template = source
        for max_length in MAX_LENGTHS:
            for loss_on in ["completion", "assistant", "all"]:
                if loss_on == "assistant" and "generation %}" not in source:
                    continue                                   # TRL refuses it; Falconer has a way of its own
                prepared = []
                for row in ROWS:                               # one at a time, to see which rows are dropped
                    assert is_conversational({k: v for k, v in row.items() if k in ("messages", "prompt")})
                    trainer = types.SimpleNamespace(
                        _tokenizer=tokenizer, chat_template=None,
                        completion_only_loss=loss_on != "all" and "prompt" in row)   # TRL's default
                    config = SFTConfig(output_dir="unused", max_length=max_length, use_cpu=True, bf16=False, report_to=[],
                                       assistant_only_loss=loss_on == "assistant")
                    try:
                        rows = SFTTrainer._prepare_dataset(
                            trainer, Dataset.from_list([row]), tokenizer, config, False, None, "train")
                        prepared.append([rows[0]["input_ids"], rows[0]["labels"]] if len(rows) else None)
                    except RuntimeError as error:              # no token of the assistant's in this row
                        assert "no assistant" in str(error), error
                        prepared.append(None)
                cases.append({"tokenizer": name, "template": template, "max_length": max_length, "loss_on": loss_on,
                              "rows": prepared})

lines = ",\n  ".join(json.dumps(case) for case in cases)
texts = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
(TESTS / "golden" / "data" / "trl_chat.json").write_text(
    f'{{"trl": "{trl.__version__}",\n "templates": {json.dumps(TEMPLATES, ensure_ascii=False, indent=1)},\n'
    f' "rows": [\n  {texts}],\n "cases": [\n  {lines}]}}\n', encoding="utf-8")
