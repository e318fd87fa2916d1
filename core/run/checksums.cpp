// SPDX-License-Identifier: Apache-2.0
#include "core/run/checksums.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace falconer {

namespace {

using Table = std::array<std::uint32_t, 256>;

constexpr Table makeTable(std::uint32_t polynomial)
{
    Table table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1U) != 0 ? polynomial : 0U);
        table[byte] = value;
    }
    return table;
}

std::uint32_t crc(const Table& table, std::string_view bytes, std::uint32_t seed)
{
    std::uint32_t value = ~seed;
    for (const char byte : bytes)
        value = (value >> 8) ^ table[(value ^ static_cast<std::uint8_t>(byte)) & 0xFFU];
    return ~value;
}

/// RFC 1321's T[i] = floor(2^32 · |sin(i + 1)|).
const std::array<std::uint32_t, 64>& md5Constants()
{
    static const auto table = [] {
        std::array<std::uint32_t, 64> values{};
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<std::uint32_t>(
                std::floor(std::fabs(std::sin(static_cast<double>(i + 1))) * 4294967296.0));
        return values;
    }();
    return table;
}

constexpr int kShifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

} // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t seed)
{
    static constexpr Table table = makeTable(0x82F63B78U);
    return crc(table, bytes, seed);
}

std::uint32_t crc32(std::string_view bytes, std::uint32_t seed)
{
    static constexpr Table table = makeTable(0xEDB88320U);
    return crc(table, bytes, seed);
}

void Md5::add(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto used = static_cast<std::size_t>(m_bytes % m_rest.size());
        const std::size_t count = std::min(bytes.size(), m_rest.size() - used);
        std::memcpy(m_rest.data() + used, bytes.data(), count);
        m_bytes += count;
        bytes.remove_prefix(count);
        if (used + count == m_rest.size())
            block(m_rest.data());
    }
}

void Md5::block(const std::uint8_t* bytes)
{
    std::array<std::uint32_t, 16> words{};
    for (std::size_t i = 0; i < 64; ++i)
        words[i / 4] |= static_cast<std::uint32_t>(bytes[i]) << (8 * (i % 4));
    std::uint32_t a = m_state[0];
    std::uint32_t b = m_state[1];
    std::uint32_t c = m_state[2];
    std::uint32_t d = m_state[3];
    for (std::size_t i = 0; i < 64; ++i) {
        std::uint32_t mixed = 0;
        std::size_t word = 0;
        switch (i / 16) {
        case 0: mixed = (b & c) | (~b & d), word = i; break;
        case 1: mixed = (d & b) | (~d & c), word = (5 * i + 1) % 16; break;
        case 2: mixed = b ^ c ^ d, word = (3 * i + 5) % 16; break;
        default: mixed = c ^ (b | ~d), word = (7 * i) % 16; break;
        }
        const std::uint32_t turned = std::rotl(a + mixed + md5Constants()[i] + words[word], kShifts[i / 16][i % 4]);
        a = d;
        d = c;
        c = b;
        b += turned;
    }
    m_state[0] += a;
    m_state[1] += b;
    m_state[2] += c;
    m_state[3] += d;
}

std::array<std::uint8_t, 16> Md5::finish()
{
    const std::uint64_t bits = m_bytes * 8;
    add(std::string_view("\x80", 1));
    while (m_bytes % 64 != 56)
        add(std::string_view("\0", 1));
    std::array<char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i)
        length[i] = static_cast<char>((bits >> (8 * i)) & 0xFFU);
    add(std::string_view(length.data(), length.size()));
    std::array<std::uint8_t, 16> digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>((m_state[i / 4] >> (8 * (i % 4))) & 0xFFU);
    return digest;
}

} // namespace falconer
