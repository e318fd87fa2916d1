// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace falconer {

/// What a person has written about a run: notes.json in its folder.
struct RunNotes {
    std::string notes; ///< free text
    std::vector<std::string> tags; ///< short words, each once
    bool operator==(const RunNotes&) const = default;
};

/// What fits: longer notes and more tags are refused when written, and a longer file when read.
inline constexpr std::size_t kMostNoteBytes = 256 * 1024;
inline constexpr std::size_t kMostTags = 32;
inline constexpr std::size_t kMostTagBytes = 64;

/// Tags as they are kept: without space around them, empty ones and repetitions; control characters become spaces.
std::vector<std::string> cleanTags(const std::vector<std::string>& tags);

/// Empty when nobody has written anything. Throws fileUnreadable, or fileMalformed for a file that is none of ours.
RunNotes readRunNotes(const std::filesystem::path& run);

/// Replaces notes.json in one step; nothing to say removes it. Throws requestInvalid (more than fits, or a folder
/// without a run), fileUnwritable, diskFull.
void writeRunNotes(const std::filesystem::path& run, const RunNotes& notes);

} // namespace falconer
