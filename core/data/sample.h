// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace falconer {

/// One training sequence. `learn[i]` is 1 where ids[i] is a target (label), 0 where it is masked; equal lengths. ids[0]
/// can never be predicted, so learn[0] teaches nothing (Trainer counts labels[1:]).
struct Sample {
    std::vector<std::int32_t> ids;
    std::vector<std::uint8_t> learn;
    std::int64_t row = 0; ///< 1-based line or row number in its file
    std::int32_t file = 0; ///< index into Dataset::files

    std::int64_t targets() const; ///< number of learn[i] with i >= 1
};

} // namespace falconer
