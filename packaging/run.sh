#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh clone to a fine-tuned model: set-up, a Release build of the two programs, then the window with the starter recipe
# filled in. Without a display, or with --headless: trains on the starter recipe and shows one prompt answered before and after.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

headless=no
case ${1:-} in
"") ;;
--headless) headless=yes ;;
*) echo "usage: packaging/run.sh [--headless]" >&2 && exit 2 ;;
esac
[[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] || headless=yes

bash "$root/packaging/setup.sh"

say "building the two programs"
cd "$root"
log=$(cmake --preset release 2>&1) || fail "CMake stopped:"$'\n'"$log"
cmake --build --preset release --target falconer falconer-workbench --parallel "$(buildJobs)"
programs=$root/build/release/bin

recipe=$root/resources/recipes/starter.yaml
settings=(--set "model=$starter_model" --set "data.train=$starter_data")
if [[ $headless == no ]]; then
    exec "$programs/falconer-workbench" --recipe "$recipe" "${settings[@]}"
fi

# Its word is not among the rows, so an answer cannot have been learnt by heart.
prompt=$'Define "deadline" as a cynic would.\n'
run=$root/runs/starter-$(date -u +%Y%m%d-%H%M%S)

say "training; the run's folder is $run"
result=$("$programs/falconer" train "$recipe" "${settings[@]}" --output "$run" --json) ||
    fail "training did not finish. Where a checkpoint was saved, this goes on: $programs/falconer resume $run"

figure() { python3 -c 'import json, sys; print(json.loads(sys.argv[1])[sys.argv[2]])' "$result" "$1"; }
# With the quantization that the recipe trains on.
answer() {
    "$programs/falconer" generate --model "$starter_model" --quantization nf4 --prompt "$prompt" --max-new-tokens 48 \
        --temperature 0 "$@"
}

adapter=$(figure adapter)
echo
echo "Prompt (not in the data): $prompt"
echo "Before:"
answer
echo
echo "After:"
answer --adapter "$adapter"
echo
printf 'Validation loss of the base model: %.4f\n' "$(figure start_eval_loss)"
printf 'Best validation loss:              %.4f (step %s)\n' "$(figure best_eval_loss)" "$(figure best_step)"
echo "Adapter: $adapter"
