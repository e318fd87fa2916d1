// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"

#include <filesystem>

namespace falconer::ui {

/// Copies what PEFT reads of an adapter folder or checkpoint (adapter_config.json, adapter_model.safetensors,
/// README.md) to the new folder `target`, which may exist if it is empty; folders above it are made. It appears under
/// its name complete or not at all. Progress: "writing", bytes. Throws requestInvalid when `target` holds anything,
/// fileMissing, fileUnwritable, diskFull, cancelled.
void exportAdapter(
    const std::filesystem::path& adapter, const std::filesystem::path& target, const Progress& progress = {});

/// Why an export cannot go there, thrown as exportAdapter() does; nothing is touched.
void checkExportTarget(const std::filesystem::path& target);

/// `target`, or `target`-2, -3, … : the first that exportAdapter() takes.
std::filesystem::path freeExportTarget(const std::filesystem::path& target);

} // namespace falconer::ui
