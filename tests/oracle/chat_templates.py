# SPDX-License-Identifier: Apache-2.0
"""Falconer's chat templates beside Transformers'.

    $FALCONER_ORACLE_PYTHON tests/oracle/chat_templates.py goldens tests/golden/text/templates

renders the templates *.jinja of that folder with Transformers and writes cases.json: what tst_chat_template compares with.

    $FALCONER_ORACLE_PYTHON tests/oracle/chat_templates.py compare RENDER_TEMPLATE [LLAMA_CPP]

renders templates that cannot lie in the repository, those that trl bundles and, from an unpacked llama.cpp (the
llama-cpp-python sdist carries one in vendor/llama.cpp), models/templates and the ones inside its tests, over many conversations
with Transformers and with the program render_template, and says how many agree. Prints 'skipped' without the packages.
"""
import ast
import collections
import datetime
import importlib.util
import json
import pathlib
import re
import subprocess
import sys

from chat_templates_data import CONTEXTS, EXPRESSIONS, contexts

NOW = [2026, 11, 22, 23, 5, 7]


def reference(template, context):
    """{"text", "generated": byte ranges} or {"error": message, "raised": whether by raise_exception}."""
    import jinja2
    from transformers.utils import chat_template_utils as utils

    class Fixed(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(*NOW)

    utils.datetime = Fixed
    given = dict(context)
    try:
        texts, spans = utils.render_jinja_template(
            [given.pop("messages")], tools=given.pop("tools", None), documents=given.pop("documents", None), chat_template=template,
            return_assistant_tokens_mask=True, add_generation_prompt=given.pop("add_generation_prompt", False), **given)
        text = texts[0]
        text.encode()
    except Exception as error:
        return {"error": str(error), "raised": type(error) is jinja2.exceptions.TemplateError}
    at = lambda characters: len(text[:characters].encode())
    return {"text": text, "generated": [[at(begin), at(end)] for begin, end in spans[0]]}


def named():
    """Falconer's own templates, out of their source."""
    source = (pathlib.Path(__file__).parents[2] / "core/text/named_templates.cpp").read_text(encoding="utf-8")
    return re.findall(r'\{"([a-z0-9-]+)", R"\((.*?)\)"\}', source, re.S)


def goldens(folder):
    cases = []
    for path in sorted(folder.glob("*.jinja")):
        template = path.read_bytes().decode()
        for name, context in CONTEXTS.items():
            if not path.stem.startswith("constructs") and name.startswith("values"):
                continue
            cases.append({"template": path.name, "context": name, **reference(template, context)})
    for name, template in named():
        for label, context in CONTEXTS.items():
            cases.append({"named": name, "context": label, **reference(template, context)})
    for expression in EXPRESSIONS:
        cases.append({"expression": expression, "context": "values", **reference("{{ " + expression + " }}", CONTEXTS["values"])})
    failed = [c for c in cases if "error" in c and not c["raised"] and "template" in c]
    assert not failed, failed[:3]
    for case in cases: # Python's own words for what it does not like are not ours
        if "error" in case and not case.pop("raised"):
            case["error"] = None
    content = {"now": NOW, "contexts": CONTEXTS, "cases": cases}
    text = json.dumps(content, ensure_ascii=True, indent=0, separators=(",", ":"))
    (folder / "cases.json").write_text(text + "\n", encoding="ascii")
    assert len(text) < 400_000, len(text)
    print(len(cases), "cases,", sum("error" in c for c in cases), "of them errors")


def c_strings(source):
    """The string literals of C++ code, neighbours joined."""
    literal = r'(?:u8)?(?:R"\((?:.*?)\)"|R"---\((?:.*?)\)---"|"(?:[^"\\\n]|\\.)*")'
    for run in re.finditer(rf"{literal}(?:\s*{literal})*", source, re.S):
        whole = ""
        for part in re.finditer(literal, run.group(), re.S):
            text = part.group().removeprefix("u8")
            if text.startswith("R"):
                whole += text[text.index("(") + 1 : text.rindex(")")]
            else:
                try:
                    whole += ast.literal_eval(text)
                except SyntaxError:
                    pass
        yield whole


def templates(llama_cpp):
    import trl

    for path in sorted((pathlib.Path(trl.__file__).parent / "chat_templates").glob("*.jinja")):
        yield "trl", path.name, path.read_text(encoding="utf-8")
    if llama_cpp is None:
        return
    for path in sorted((llama_cpp / "models/templates").glob("*.jinja")):
        yield "llama.cpp models", path.name, path.read_text(encoding="utf-8")
    seen = set()
    for path in sorted((llama_cpp / "tests").glob("test-*.cpp")):
        for text in c_strings(path.read_text(encoding="utf-8")):
            if ("{%" in text or "{{" in text) and ("}}" in text or "%}" in text) and text not in seen:
                seen.add(text)
                kind = "llama.cpp tests (whole templates)" if "messages" in text else "llama.cpp tests (snippets)"
                yield kind, f"{path.name} #{len(seen)}", text


def agrees(expected, found):
    if "error" in expected:
        return "error" in found and (not expected["raised"] or expected["error"] == found["error"]["problem"])
    return "error" not in found and expected["text"] == found["text"] and expected["generated"] == found["generated"]


def compare(program, llama_cpp):
    work = [(kind, name, text, label, context) for kind, name, text in templates(llama_cpp)
            for label, context in (contexts() if "snippets" not in kind else [("values", CONTEXTS["values"])])]
    requests = "".join(json.dumps({"template": t, "context": c, "now": NOW}) + "\n" for _, _, t, _, c in work)
    answers = subprocess.run([program], input=requests, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answers) == len(work)
    total, good, errors, masks, bad = (collections.Counter() for _ in range(5))
    names = collections.defaultdict(set)
    for (kind, name, text, label, context), line in zip(work, answers):
        expected, found = reference(text, context), json.loads(line)
        total[kind] += 1
        names[kind].add(name)
        errors[kind] += "error" in expected
        masks[kind] += bool(expected.get("generated"))
        if agrees(expected, found):
            good[kind] += 1
            continue
        bad[kind] += 1
        if bad[kind] <= 12:
            print(f"--- {kind}: {name}, {label}\n    expected {json.dumps(expected)[-700:]}\n    found    {json.dumps(found)[-700:]}")
    for kind in total:
        print(f"{kind}: {good[kind]} of {total[kind]} renderings equal ({len(names[kind])} templates; {errors[kind]} end in the same "
              f"error, {masks[kind]} have a mask)")
    return 0 if good == total else 1


def main():
    if sys.argv[1] == "goldens":
        return goldens(pathlib.Path(sys.argv[2]))
    if any(importlib.util.find_spec(package) is None for package in ("transformers", "trl", "jinja2")):
        print("skipped: needs transformers, trl and jinja2")
        return 0
    return compare(sys.argv[2], pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None)


if __name__ == "__main__":
    sys.exit(main())
