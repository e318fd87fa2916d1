// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

#include <vector>

namespace falconer::ui {

/// What kind of thing went wrong, in the user's language: "A file is missing".
QString heading(ErrorCode code);

/// One fault: core's own sentence, which names file and place ("cynic.jsonl, line 88: a quote is not closed. …").
QString describe(const Fault& fault);

/// Every fault, a line each.
QString describe(const std::vector<Fault>& faults);

QString toQString(std::string_view text);

} // namespace falconer::ui
