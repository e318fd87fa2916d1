// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Hand-made files for the tests of the readers.
namespace falconer::test {

inline std::span<const std::byte> asBytes(std::string_view text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// A number as it lies in a little-endian file.
template <typename T>
std::string raw(T value)
{
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

/// A safetensors file with this header and this data.
inline std::string safetensorsBytes(const std::string& header, const std::string& data)
{
    return raw<std::uint64_t>(header.size()) + header + data;
}

/// A text as GGUF stores it.
inline std::string ggufText(const std::string& text) { return raw<std::uint64_t>(text.size()) + text; }

/// A key and its value; `type` is GGUF's number of the value's type.
inline std::string ggufPair(const std::string& key, std::uint32_t type, const std::string& value)
{
    return ggufText(key) + raw(type) + value;
}

/// An entry of the list of tensors; `extents` fastest first.
inline std::string ggufTensor(
    const std::string& name, std::initializer_list<std::uint64_t> extents, std::uint32_t type, std::uint64_t offset)
{
    std::string bytes = ggufText(name) + raw(static_cast<std::uint32_t>(extents.size()));
    for (const std::uint64_t extent : extents)
        bytes += raw(extent);
    return bytes + raw(type) + raw(offset);
}

/// A file: header, pairs, list of tensors, padding, data.
inline std::string ggufBytes(std::initializer_list<std::string> pairs, std::initializer_list<std::string> tensors,
    const std::string& data = {}, std::size_t alignment = 32)
{
    std::string bytes
        = "GGUF" + raw(std::uint32_t{3}) + raw(std::uint64_t{tensors.size()}) + raw(std::uint64_t{pairs.size()});
    for (const std::string& pair : pairs)
        bytes += pair;
    for (const std::string& tensor : tensors)
        bytes += tensor;
    bytes.append((alignment - bytes.size() % alignment) % alignment, '\0');
    return bytes + data;
}

/// The error that a call throws, or nullopt.
template <typename Call>
std::optional<Error> errorOf(Call call)
{
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

} // namespace falconer::test
