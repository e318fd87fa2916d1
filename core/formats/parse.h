// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/gguf.h"
#include "core/formats/tensor_file.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The parsers behind the readers, over bytes in memory: what the readers map, and what the fuzz targets make up.
namespace falconer::parse {

/// Validates a whole safetensors file and returns its tensors in the order of their data; the views point into `file`.
/// `path` is only named in errors. Throws fileTruncated, fileMalformed, modelUnsupported.
std::vector<TensorView> safetensors(std::span<const std::byte> file, const std::filesystem::path& path);

struct Gguf {
    std::map<std::string, GgufFile::Value, std::less<>> metadata;
    std::vector<TensorView> tensors;
};

/// The same for a GGUF file; its tensors in the order of the file's list.
Gguf gguf(std::span<const std::byte> file, const std::filesystem::path& path);

/// The bytes that a tensor of this type and shape takes, or nullopt when the numbers overflow, a dimension is negative
/// or the fastest dimension ends inside a block.
std::optional<std::size_t> tensorBytes(StoredType type, std::span<const std::int64_t> shape);

/// Throws fileMalformed when `file` is the pointer that Git LFS leaves in place of a big file not yet fetched.
void refuseLfsPointer(std::span<const std::byte> file, const std::filesystem::path& path);

/// A name out of a file as it may stand in a message: valid UTF-8 and of sensible length.
std::string printable(std::string_view name);

/// "FILE, tensor NAME", the subject of an error.
std::string tensorSubject(const std::filesystem::path& path, std::string_view name);

} // namespace falconer::parse
