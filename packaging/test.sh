#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that a change must pass: the release build and all tests; what needs no LibTorch under AddressSanitizer with
# UBSan, and under ThreadSanitizer; the parsers' fuzz targets for some seconds each. A phase that fails does not keep the next
# ones from running. Ends with CTest's summaries, the release build's last.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root"

failed=()
phase() { printf '\n=== %s\n' "$*"; }
build() { cmake --preset "$1" "${@:2}" && cmake --build --preset "$1" --parallel "$(buildJobs)"; }
remember() { failed+=("$1") && say "$1 failed"; }

# A new Linux kernel spreads memory wider than the sanitizers of g++ 12 expect; some containers forbid to ask for less.
still=()
! setarch "$(uname -m)" --addr-no-randomize true 2>/dev/null || still=(setarch "$(uname -m)" --addr-no-randomize)

# runTests PRESET ARGUMENT...: the output of CTest, kept for the end.
runTests() { "${still[@]}" ctest --preset "$1" "${@:2}" | tee "build/$1/ctest.log"; }

phase "set-up"
bash packaging/setup.sh --for-tests

export QT_QPA_PLATFORM=offscreen UBSAN_OPTIONS=print_stacktrace=1
rm -f build/*/ctest.log

phase "release: build"
if build release; then
    phase "release: tests"
    # One at a time: they train with every core, and a starved window test would wait for nothing.
    runTests release || remember "release: tests"
else
    remember "release: build"
fi

for sanitizer in asan tsan; do
    phase "$sanitizer: build and tests of what needs no LibTorch"
    if build $sanitizer; then
        runTests $sanitizer --parallel "$(nproc)" || remember "$sanitizer: tests"
    else
        remember "$sanitizer: build"
    fi
done

# fuzz NAME SEED...: starts from real files, because random bytes hardly get past a header.
fuzz() {
    local target=build/fuzz/fuzz/fuzz_$1 corpus=build/fuzz/corpus/$1 seed
    mkdir -p "$corpus"
    # Named by their whole paths: seeds of two folders may share a file name.
    for seed in "${@:2}"; do cp "$seed" "$corpus/${seed//\//_}"; done
    say "fuzz_$1"
    if ! "$target" -max_total_time=10 -timeout=10 -artifact_prefix="build/fuzz/$1-" "$corpus" >"build/fuzz/$1.log" 2>&1; then
        tail -n 100 "build/fuzz/$1.log"
        remember "fuzz_$1"
    fi
}

phase "fuzz: 10 seconds for each parser"
if build fuzz; then
    fuzz safetensors tests/golden/runs/falcon-7b/initial_adapter/adapter_model.safetensors \
        tests/golden/formats/*.safetensors
    fuzz gguf tests/golden/formats/*.gguf
    fuzz jsonl tests/golden/runs/rows.jsonl
    fuzz json tests/golden/data/trl_rows.json
    fuzz csv
    fuzz recipe resources/recipes/starter.yaml
    fuzz tokenizer tests/golden/runs/falcon-7b/model/tokenizer.json tests/golden/runs/llama-nf4/model/tokenizer.json
    fuzz template tests/golden/text/templates/*.jinja
    fuzz run_folder tests/fuzz/seeds/*
else
    remember "fuzz: build"
fi

phase "summary"
for preset in asan tsan release; do
    echo "$preset:"
    sed -n '/tests passed/,$p' "build/$preset/ctest.log" 2>/dev/null || echo "not run"
done
if [[ ${#failed[@]} != 0 ]]; then
    fail "failed: $(printf '%s; ' "${failed[@]}")"
fi
