// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace falconer {

/// Stands for a text that need only be recognised, not read again: 128 bits, so that two texts out of any number that a
/// machine can read do not meet by accident.
struct TextKey {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool operator==(const TextKey&) const = default;

    struct Hash {
        std::size_t operator()(const TextKey& key) const { return static_cast<std::size_t>(key.low); }
    };
};

/// MurmurHash3_x64_128 by Austin Appleby (public domain) with seed 0, on a little-endian machine.
TextKey textKey(std::string_view text);

} // namespace falconer
