// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/model_list_model.h"

#include <filesystem>
#include <vector>

namespace falconer::ui {

/// The models that core finds on this machine and in `folders`, as the window shows them. Reads folders and headers:
/// call it in a worker.
std::vector<ModelEntry> localModels(const std::vector<std::filesystem::path>& folders);

} // namespace falconer::ui
