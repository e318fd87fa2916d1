// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "core/run/run_folder.h"
#include "tests/ui/fake_session.h"

#include <filesystem>
#include <string>
#include <vector>

namespace falconer::test {

/// A run as core leaves it behind: `last` is its closing event, empty for one that was killed.
inline std::filesystem::path makeRun(const std::filesystem::path& folder, const Recipe& recipe, const std::string& last,
    const std::vector<double>& validation, int steps = 20)
{
    const RunFolder run = RunFolder::create(folder, recipe);
    run.appendEvent("started", "Training", 0);
    const int every = validation.empty() ? 0 : steps / static_cast<int>(validation.size());
    for (int i = 1; i <= steps; ++i) {
        run.append(step(i, 3.0 - 0.02 * i, steps));
        if (every > 0 && i % every == 0 && i / every <= static_cast<int>(validation.size()))
            run.append(eval(i, validation[static_cast<std::size_t>(i / every - 1)]));
    }
    std::filesystem::create_directories(run.checkpoint(steps));
    if (!last.empty()) {
        run.appendEvent(last, "The end", steps);
        if (last == "finished") {
            std::filesystem::create_directories(run.adapter());
            writeFile(folder / "report.md", "# What came of it\n\nThe loss fell.\n\n![x](file:///etc/passwd)\n");
        }
    }
    return folder;
}

} // namespace falconer::test
