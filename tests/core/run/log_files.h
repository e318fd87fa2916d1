// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace falconer::test {

// A reader of its own for what the logs write, so that a mistake in the writer cannot hide in a shared reader.

inline std::uint32_t crcOf(std::string_view bytes, std::uint32_t polynomial)
{
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
    }
    return ~crc;
}

template <class Number>
Number numberAt(std::string_view bytes, std::size_t offset)
{
    if (offset > bytes.size() || bytes.size() - offset < sizeof(Number))
        throw std::runtime_error("the file is cut off");
    Number value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

/// A protobuf message: fields by number, in the order of the file. Numbers as their 64 bits, the rest as bytes.
struct Wire {
    std::map<int, std::vector<std::uint64_t>> numbers;
    std::map<int, std::vector<std::string>> texts;

    explicit Wire(std::string_view bytes)
    {
        std::size_t at = 0;
        const auto varint = [&] {
            std::uint64_t value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                const auto byte = numberAt<std::uint8_t>(bytes, at++);
                value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
                if ((byte & 0x80U) == 0)
                    return value;
            }
            throw std::runtime_error("a varint does not end");
        };
        while (at < bytes.size()) {
            const std::uint64_t tag = varint();
            const int field = static_cast<int>(tag >> 3);
            switch (tag & 7U) {
            case 0: numbers[field].push_back(varint()); break;
            case 1: numbers[field].push_back(numberAt<std::uint64_t>(bytes, at)), at += 8; break;
            case 5: numbers[field].push_back(numberAt<std::uint32_t>(bytes, at)), at += 4; break;
            case 2: {
                const std::uint64_t length = varint();
                if (length > bytes.size() - at)
                    throw std::runtime_error("a field is longer than its message");
                texts[field].emplace_back(bytes.substr(at, length));
                at += length;
                break;
            }
            default: throw std::runtime_error("an unknown wire type");
            }
        }
    }

    bool has(int field) const { return texts.count(field) + numbers.count(field) > 0; }
    std::string text(int field) const { return texts.count(field) ? texts.at(field).front() : std::string(); }
    Wire message(int field) const { return Wire(text(field)); }
    std::int64_t whole(int field) const
    {
        return numbers.count(field) ? static_cast<std::int64_t>(numbers.at(field).front()) : 0;
    }
    double real(int field) const
    {
        const std::uint64_t bits = numbers.at(field).front();
        double value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }
    float single(int field) const
    {
        const auto bits = static_cast<std::uint32_t>(numbers.at(field).front());
        float value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }
};

/// The payloads of a TensorBoard event file; both checksums of each record are checked.
inline std::vector<std::string> tensorBoardRecords(std::string_view file)
{
    const auto masked = [](std::string_view bytes) {
        const std::uint32_t crc = crcOf(bytes, 0x82F63B78U);
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8U;
    };
    std::vector<std::string> records;
    for (std::size_t at = 0; at < file.size();) {
        const auto length = numberAt<std::uint64_t>(file, at);
        if (numberAt<std::uint32_t>(file, at + 8) != masked(file.substr(at, 8)))
            throw std::runtime_error("the checksum of a length is wrong");
        const std::string_view payload = file.substr(at + 12, length);
        if (numberAt<std::uint32_t>(file, at + 12 + length) != masked(payload))
            throw std::runtime_error("the checksum of a record is wrong");
        records.emplace_back(payload);
        at += 16 + length;
    }
    return records;
}

/// The payloads of a .wandb file; every chunk's checksum and place is checked.
inline std::vector<std::string> wandbRecords(std::string_view file)
{
    constexpr std::size_t kBlock = 32'768;
    if (file.substr(0, 7) != std::string_view(":W&B\xE1\xBE\0", 7))
        throw std::runtime_error("the header is wrong");
    std::vector<std::string> records;
    std::string record;
    bool isInside = false;
    for (std::size_t at = 7; at < file.size();) {
        const std::size_t left = kBlock - at % kBlock;
        if (left < 7) {
            if (file.substr(at, left).find_first_not_of('\0') != std::string_view::npos)
                throw std::runtime_error("a block does not end in zeros");
            at += left;
            continue;
        }
        const auto length = numberAt<std::uint16_t>(file, at + 4);
        const auto type = numberAt<std::uint8_t>(file, at + 6);
        if (length + 7U > left || type < 1 || type > 4 || (type <= 2) == isInside)
            throw std::runtime_error("a chunk is out of place");
        if (numberAt<std::uint32_t>(file, at) != crcOf(file.substr(at + 6, 1U + length), 0xEDB88320U))
            throw std::runtime_error("the checksum of a chunk is wrong");
        record += file.substr(at + 7, length);
        isInside = type == 2 || type == 3;
        if (!isInside) {
            records.push_back(record);
            record.clear();
        }
        at += 7U + length;
    }
    return records;
}

} // namespace falconer::test
