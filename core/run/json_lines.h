// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string_view>

namespace falconer {

/// Adds one line to a file of JSON lines with a single write(), so that whoever reads meanwhile, and a kill, find whole
/// lines. Makes the file; after a line that a kill left unfinished it begins a new one. A write that fails (diskFull,
/// fileUnwritable) leaves the file as it was. Numbers read back to the same value; NaN and infinities become null.
void appendJsonLine(const std::filesystem::path& file, const nlohmann::ordered_json& object);

/// One line of such a file, without its newline.
struct JsonLine {
    std::size_t number = 0; ///< 1-based
    std::string_view text;
    bool finished = true; ///< false: the last one, which has no newline
};

/// Calls `take` for each line that is not blank.
void forEachJsonLine(std::string_view content, const std::function<void(const JsonLine&)>& take);

} // namespace falconer
