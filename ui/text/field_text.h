// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/session.h"
#include "ui/session/readiness.h"

#include <QString>

#include <string>

namespace falconer::ui {

/// A recipe key as forms name it: "lora.rank" is "Rank". Keys without a field of their own stand for themselves.
QString fieldLabel(const std::string& key);

/// The help of a key, from the recipe's own table.
QString fieldHelp(const std::string& key);

/// What is the matter and what to do, as it stands under the field.
QString sentence(const Obstacle& obstacle);

/// "Training", "Saving", …
QString stateLabel(SessionState state);

/// A named phase of preparation with its count: "Quantizing: 12 of 32".
QString phaseText(const PhaseProgress& progress);

} // namespace falconer::ui
