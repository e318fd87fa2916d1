// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/services.h"

namespace falconer::workbench {

/// What the window needs, by the engine itself.
ui::Services realServices();

} // namespace falconer::workbench
