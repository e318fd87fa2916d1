# SPDX-License-Identifier: Apache-2.0
"""Lets W&B's own program send the offline run of a run folder to a server on this machine that only listens, and
compares what arrives with metrics.jsonl. No network and no account is needed: the address and the key are made up.

usage: wandb_reads_logs.py RUN_FOLDER      (a run with logging.wandb: offline; needs wandb 0.31)
"""
import gzip
import http.server
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

try:
    import wandb
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(0)

run = pathlib.Path(sys.argv[1])
folder = sorted((run / "logs" / "wandb").glob("offline-run-*"))[-1]
history, summary, artifacts, files, config = {}, {}, [], {}, {}


class Server(http.server.BaseHTTPRequestHandler):
    """Answers just enough for an upload to go on."""

    def log_message(self, *_):
        pass

    def body(self):
        data = self.rfile.read(int(self.headers.get("content-length") or 0))
        return gzip.decompress(data) if self.headers.get("content-encoding") == "gzip" else data

    def answer(self, value):
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.answer({})

    def do_PUT(self):
        files[pathlib.PurePosixPath(self.path).name] = self.body()
        self.answer({})

    def do_POST(self):
        data = self.body()
        if self.path.endswith("/file_stream"):
            for name, part in json.loads(data).get("files", {}).items():
                for i, line in enumerate(part["content"]):
                    if name == "wandb-history.jsonl":
                        history[part["offset"] + i] = json.loads(line)
                    if name == "wandb-summary.json":
                        summary.update(json.loads(line))
            return self.answer({})
        if self.path != "/graphql":
            return self.answer({})
        query = json.loads(data)
        variables = query.get("variables") or {}
        name = query.get("operationName")
        if name == "UpsertBucket":
            config.update(json.loads(variables.get("config") or "{}"))
            entity = {"id": "ZQ==", "name": "me"}
            bucket = {"id": "aWQ=", "name": variables["name"], "displayName": "d", "config": "{}",
                      "historyLineCount": 0, "project": {"id": "cHI=", "name": "falconer", "entity": entity}}
            return self.answer({"data": {"upsertBucket": {"bucket": bucket, "inserted": True}}})
        if name == "CreateArtifact":
            artifacts.append(variables["input"])
            sequence = {"id": "cw==", "latestArtifact": None}
            made = {"id": "YQ==", "state": "COMMITTED", "artifactSequence": sequence}
            return self.answer({"data": {"createArtifact": {"artifact": made}}})
        if name == "CreateRunFiles":
            address = f"http://127.0.0.1:{server.server_port}/up/"
            listed = [{"name": file, "uploadUrl": address + file} for file in variables["files"]]
            return self.answer({"data": {"createRunFiles": {"runID": "aWQ=", "uploadHeaders": [], "files": listed}}})
        return self.answer({"data": {}})


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
with tempfile.TemporaryDirectory() as scratch:
    copy = pathlib.Path(scratch) / folder.name  # sending leaves marks in the folder
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.synced", "*.syncstate"))
    environment = dict(os.environ, WANDB_BASE_URL=f"http://127.0.0.1:{server.server_port}", WANDB_API_KEY="0" * 40,
                       HOME=scratch)
    program = pathlib.Path(sys.executable).parent / "wandb"
    done = subprocess.run([program, "sync", copy], env=environment, cwd=scratch, stdin=subprocess.DEVNULL, timeout=300,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list(copy.glob("*.synced")), done.stderr

rows = {"eval": {}, "train": {}}
for row in history.values():
    for kind in rows:
        if f"{kind}/loss" in row:
            step = row["train/global_step"]
            assert step not in rows[kind], f"step {step} was sent twice"
            rows[kind][step] = row[f"{kind}/loss"]
rows["eval"].pop(0, None)  # the evaluation before training is not in metrics.jsonl
wanted = {"eval": {}, "train": {}}
for line in open(run / "metrics.jsonl", encoding="utf-8"):
    line = json.loads(line)
    for key, kind in (("loss", "train"), ("eval_loss", "eval")):
        if key in line:
            wanted[kind][line["step"]] = line[key]
for kind in wanted:
    assert rows[kind].keys() == wanted[kind].keys(), (kind, rows[kind].keys() ^ wanted[kind].keys())
    for step, value in wanted[kind].items():
        got = rows[kind][step]
        assert got == value or value is None and (got in ("NaN", "Infinity") or not math.isfinite(got)), (kind, step, got, value)
assert [row["_step"] for _, row in sorted(history.items())] == list(range(len(history)))
assert config["lora"]["value"]["rank"] and "run.yaml" in files, (config.keys(), files.keys())
sent = json.loads(files["wandb-summary.json"])
checkpoints = len(list((run / "checkpoints").glob("checkpoint-*")))
names = [artifact["artifactCollectionName"].rsplit("-", 1)[0] for artifact in artifacts]
assert names.count("checkpoint") == checkpoints and names.count("adapter") == (run / "adapter").is_dir(), names
print(f"wandb {wandb.__version__} sent {len(rows['train'])} steps and {len(rows['eval'])} evaluations, equal to "
      f"metrics.jsonl; state {sent['state']}; {len(artifacts)} artifacts; files {sorted(files)}")
