// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// The candidate closest to `word` by edit distance (case ignored, a swap of neighbours counts once), or empty when
/// none is near enough to suggest: more than a third of the longer word would have to change.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// The byte offset of the first byte that is not well-formed UTF-8, or npos.
std::size_t findInvalidUtf8(std::string_view text);

/// `bytes` as well-formed UTF-8, each ill-formed sequence (maximal subpart) replaced by U+FFFD.
std::string toValidUtf8(std::string_view bytes);

/// The length of the longest prefix of `bytes` that does not end inside an unfinished UTF-8 sequence.
std::size_t completeUtf8Prefix(std::string_view bytes);

/// "2026-11-22T23:55:17Z" of a time, or of now.
std::string utcTime(std::time_t time = std::time(nullptr));

/// "a, b and c", for a sentence.
std::string join(std::span<const std::string> items);
/// The items with `separator` between each two.
std::string join(std::span<const std::string> items, std::string_view separator);

} // namespace falconer
