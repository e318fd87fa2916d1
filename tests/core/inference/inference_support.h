// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/loaded_model.h"
#include "tests/support/paths.h"

#include <optional>
#include <string>

namespace falconer::test {

/// A golden run's model in float32 on the CPU, with its final adapter or without.
inline LoadedModel loadGolden(const std::string& run, bool adapter = false)
{
    QuantizationSettings settings;
    settings.type = "none";
    settings.computeDtype = "float32";
    const auto folder = golden("runs") / run;
    return loadModel(
        folder / "model", settings, "cpu", adapter ? std::optional(folder / "final_adapter") : std::nullopt);
}

} // namespace falconer::test
