// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/compare.h"
#include "ui/models/run_curve.h"

#include <QString>
#include <QStringList>

#include <filesystem>
#include <vector>

namespace falconer::ui {

/// Everything that the comparison of some runs shows.
struct RunComparison {
    std::vector<std::filesystem::path> paths; ///< those that could be read, in the order asked for
    std::vector<RunResult> results;
    std::vector<SettingDifference> settings; ///< every key, alike or not
    std::vector<RunCurve> curves; ///< of the first kMaxOverlayRuns
    QStringList problems; ///< of those that could not be read
};

/// Reads the runs; call it in a worker. One that cannot be read is left out and its problem told.
RunComparison loadComparison(const std::vector<std::filesystem::path>& runs);

/// The keys in which the runs differ, those that only say where something lies left out.
std::vector<SettingDifference> variedSettings(const RunComparison& comparison);

/// What the numbers say, in a sentence or two; empty when there is nothing to say.
QString conclusion(const RunComparison& comparison);

} // namespace falconer::ui
