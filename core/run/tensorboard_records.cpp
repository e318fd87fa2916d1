// SPDX-License-Identifier: Apache-2.0
#include "core/run/tensorboard_records.h"

#include "core/run/checksums.h"

#include <array>
#include <cctype>

#include <unistd.h>

namespace falconer {

namespace {

std::string littleEndian(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
    return text;
}

/// A checksum of data that itself holds checksums would be weak: TFRecord masks them.
std::string maskedCrc(std::string_view bytes)
{
    const std::uint32_t crc = crc32c(bytes);
    return littleEndian(((crc >> 15) | (crc << 17)) + 0xA282EAD8U, 4);
}

} // namespace

std::string tensorBoardRecord(std::string_view payload)
{
    const std::string length = littleEndian(payload.size(), 8);
    return length + maskedCrc(length) + std::string(payload) + maskedCrc(payload);
}

std::string hostName()
{
    std::array<char, 256> buffer{};
    if (::gethostname(buffer.data(), buffer.size() - 1) != 0)
        return "localhost";
    std::string name = buffer.data();
    for (char& letter : name)
        if (std::isalnum(static_cast<unsigned char>(letter)) == 0 && letter != '-' && letter != '.')
            letter = '_';
    return name.empty() ? "localhost" : name;
}

} // namespace falconer
