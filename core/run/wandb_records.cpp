// SPDX-License-Identifier: Apache-2.0
#include "core/run/wandb_records.h"

#include "core/run/checksums.h"

#include <utility>

namespace falconer {

namespace {

constexpr std::string_view kHeader("\x3AW&B\xE1\xBE\0", 7);
constexpr std::int64_t kBlock = 32'768;
constexpr std::int64_t kChunkHeader = 7; ///< checksum, length, type

enum ChunkType : std::uint8_t { kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

char byteOf(std::uint32_t value, int index) { return static_cast<char>((value >> (8 * index)) & 0xFFU); }

std::uint32_t numberAt(std::string_view bytes, std::size_t offset, int count)
{
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
        value |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[offset + static_cast<std::size_t>(i)]))
            << (8 * i);
    return value;
}

std::uint32_t checksum(std::uint8_t type, std::string_view data)
{
    const char first = static_cast<char>(type);
    return crc32(data, crc32(std::string_view(&first, 1)));
}

} // namespace

std::string wandbFileHeader() { return std::string(kHeader); }

std::string wandbRecord(std::string_view payload, std::int64_t offset)
{
    std::string out;
    bool isFirst = true;
    while (true) {
        const std::int64_t at = offset + static_cast<std::int64_t>(out.size());
        const std::int64_t left = kBlock - at % kBlock;
        if (left < kChunkHeader) {
            out.append(static_cast<std::size_t>(left), '\0');
            continue;
        }
        const std::string_view data = payload.substr(0, static_cast<std::size_t>(left - kChunkHeader));
        payload.remove_prefix(data.size());
        const bool isLast = payload.empty();
        const std::uint8_t type = isFirst ? (isLast ? kFull : kFirst) : (isLast ? kLast : kMiddle);
        const std::uint32_t crc = checksum(type, data);
        for (int i = 0; i < 4; ++i)
            out.push_back(byteOf(crc, i));
        out.push_back(byteOf(static_cast<std::uint32_t>(data.size()), 0));
        out.push_back(byteOf(static_cast<std::uint32_t>(data.size()), 1));
        out.push_back(static_cast<char>(type));
        out.append(data);
        if (isLast)
            return out;
        isFirst = false;
    }
}

std::vector<std::string> readWandbRecords(std::string_view file)
{
    std::vector<std::string> records;
    if (!file.starts_with(kHeader))
        return records;
    std::string unfinished;
    bool isInside = false;
    for (std::size_t at = kHeader.size(); at < file.size();) {
        const std::size_t left = kBlock - at % kBlock;
        if (left < kChunkHeader) {
            at += left;
            continue;
        }
        if (file.size() - at < kChunkHeader)
            break;
        const std::size_t length = numberAt(file, at + 4, 2);
        const auto type = static_cast<std::uint8_t>(file[at + 6]);
        if (length > left - kChunkHeader || length > file.size() - at - kChunkHeader)
            break;
        const std::string_view data = file.substr(at + kChunkHeader, length);
        const bool begins = type == kFull || type == kFirst;
        const bool isKnown = type >= kFull && type <= kLast;
        if (!isKnown || begins == isInside || numberAt(file, at, 4) != checksum(type, data))
            break;
        unfinished.append(data);
        isInside = type == kFirst || type == kMiddle;
        if (!isInside)
            records.push_back(std::exchange(unfinished, {}));
        at += kChunkHeader + length;
    }
    return records;
}

} // namespace falconer
