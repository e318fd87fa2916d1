// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace falconer {

// Reflected CRC-32 of two polynomials; `seed` is the value of what came before.

/// Castagnoli's (RFC 3720): of TensorBoard's records.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t seed = 0);
/// zlib's: of W&B's records.
std::uint32_t crc32(std::string_view bytes, std::uint32_t seed = 0);

/// RFC 1321; names an artifact's content for W&B, protects nothing.
class Md5 {
public:
    void add(std::string_view bytes);
    std::array<std::uint8_t, 16> finish();

private:
    void block(const std::uint8_t* bytes);

    std::array<std::uint32_t, 4> m_state{0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U};
    std::array<std::uint8_t, 64> m_rest{};
    std::uint64_t m_bytes = 0;
};

} // namespace falconer
