// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "tests/support/paths.h"

#include <filesystem>
#include <string>

namespace falconer::test {

/// A folder as a run leaves it behind, on a golden run's model: adapter/, best/ and two checkpoints. Two evaluations;
/// the best is at step 20.
inline std::filesystem::path makeRun(const std::filesystem::path& root, const std::string& name,
    const std::string& golden = "falcon-7b", const std::string& more = {})
{
    namespace fs = std::filesystem;
    const fs::path source = test::golden("runs") / golden;
    const fs::path run = root / name;
    fs::remove_all(run);
    fs::create_directories(run / "checkpoints");
    for (const char* folder : {"adapter", "best", "checkpoints/checkpoint-20", "checkpoints/checkpoint-40"})
        fs::copy(source / "final_adapter", run / folder, fs::copy_options::recursive);
    writeFile(run / "checkpoints/checkpoint-40/optimizer.safetensors", "states");
    writeFile(run / "run.yaml",
        "model: " + (source / "model").string() + "\ndata: {train: " + (source / "train.jsonl").string()
            + "}\nquantization: {type: none, compute_dtype: float32}\ndevice: cpu\n" + more);
    writeFile(run / "metrics.jsonl",
        "{\"step\": 20, \"loss\": 2.6}\n{\"step\": 20, \"eval_loss\": 2.479}\n{\"step\": 40, \"loss\": 2.4}\n"
        "{\"step\": 40, \"eval_loss\": 2.611}\n");
    writeFile(
        run / "events.jsonl", "{\"time\": \"2026-11-23T07:00:00Z\", \"event\": \"finished\", \"message\": \"\"}\n");
    return run;
}

} // namespace falconer::test
