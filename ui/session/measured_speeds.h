// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"

#include <optional>
#include <string>

namespace falconer::ui {

/// Tokens per second that the last run of this model, with this type of weights, reached on this device
/// ("cpu (avx2, 2 threads)"); kept between starts.
std::optional<double> measuredSpeed(const Recipe& recipe, const std::string& device);

/// Keeps what a run has just reached.
void rememberSpeed(const Recipe& recipe, const std::string& device, double tokensPerSecond);

} // namespace falconer::ui
