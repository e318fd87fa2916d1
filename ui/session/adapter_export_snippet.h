// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"

#include <QString>

namespace falconer::ui {

/// Python that loads an exported adapter with PEFT onto the base as the run held it, quantization included.
QString peftSnippet(const Recipe& recipe, const QString& folder);

/// The command that answers with it, without Python.
QString generateCommand(const Recipe& recipe, const QString& folder, bool chat);

} // namespace falconer::ui
