// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"

#include <QString>

#include <string>

namespace falconer::ui {

/// What follows from a field's value, in a few words beside it: "scale 2.0", "batch of 8", "no effect with none". Empty
/// for most.
QString fieldNote(const std::string& key, const Recipe& recipe);

} // namespace falconer::ui
