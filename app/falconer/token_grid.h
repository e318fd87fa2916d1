// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/preview.h"

#include <cstddef>
#include <span>
#include <string>

namespace falconer::cli {

/// Tokens side by side, at most `width` columns wide: each token's text above its id above a mark where it is learned.
/// Spaces show as "·", line breaks as "⏎"; a token that is only part of a character shows as "…".
std::string tokenGrid(std::span<const PreviewToken> tokens, std::size_t width);

/// Bars with their bounds and counts, at most 16: buckets are taken together.
std::string histogramText(const LengthHistogram& lengths);

} // namespace falconer::cli
