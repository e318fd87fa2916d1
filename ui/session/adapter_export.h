// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace falconer::ui {

/// Copies an adapter folder to `place`/`name`, or `name`-2, -3, … when that exists: an export never replaces what is
/// there. The folder appears under its name complete or not at all. Returns it. Throws Error.
std::filesystem::path exportAdapter(
    const std::filesystem::path& adapter, const std::filesystem::path& place, const std::string& name);

} // namespace falconer::ui
