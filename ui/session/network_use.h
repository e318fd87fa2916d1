// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/config/recipe.h"

#include <optional>

namespace falconer::ui {

/// What a run of this recipe would send, as the fault that it is while Settings say offline; nothing: it stays here.
std::optional<Fault> networkUse(const Recipe& recipe);

} // namespace falconer::ui
