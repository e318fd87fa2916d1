# SPDX-License-Identifier: Apache-2.0
# What setup.sh, run.sh and test.sh share; they source it.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Outlives a clean build. LibTorch.cmake and core/hub look in the same place.
cache=${FALCONER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/falconer}

starter_model=$cache/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf
starter_data=$cache/data/cynic.jsonl

say() { printf 'falconer: %s\n' "$*"; }

fail() {
    printf 'falconer: %s\n' "$*" >&2
    exit 1
}

# How many compilers fit: one a core, and each may take 2 GB over LibTorch's headers.
buildJobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 2000000) }' /proc/meminfo)
    ((memory > 0)) || memory=1
    echo $((cores < memory ? cores : memory))
}
