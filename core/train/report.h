// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/session.h"

#include <string>

namespace falconer {

/// report.md of a run: settings, what came of it, where the adapter is and how to load it.
std::string runReport(
    const Recipe& recipe, const RunStarted& started, const RunEnded& ended, const std::optional<StepMetrics>& lastStep);

} // namespace falconer
