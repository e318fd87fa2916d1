// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/model_list_model.h"
#include "ui/session/session_bridge.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace falconer::ui {

/// What the window needs from outside itself. The program passes the real things, tests their own.
struct Services {
    SessionFactory makeSession;
    /// Called in a worker thread.
    std::function<std::vector<ModelEntry>()> findModels;
    /// Where runs go whose recipe lies in no file.
    std::filesystem::path runsRoot;
};

} // namespace falconer::ui
