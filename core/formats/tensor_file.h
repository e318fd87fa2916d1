// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// How the elements of a stored tensor are encoded: the plain types of safetensors, and the block types of GGUF.
enum class StoredType { f64, f32, f16, bf16, i64, i32, i16, i8, u64, u32, u16, u8, boolean, q4_0, q4_1, q8_0 };

std::string_view name(StoredType type); ///< "F32", "BF16", "Q4_1", …
/// Elements that share one block (1 for plain types, 32 for q*), and the bytes of such a block.
std::int64_t blockElements(StoredType type);
std::size_t blockBytes(StoredType type);
/// The bytes of `elements` elements (a multiple of blockElements).
std::size_t storedBytes(StoredType type, std::int64_t elements);

/// A tensor inside a mapped file: where it lies, never a copy. Shapes are in C order, slowest dimension first (a linear
/// weight is [out, in]), also for GGUF, whose file order is the reverse.
struct TensorView {
    std::string name;
    StoredType type = StoredType::f32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes; ///< validated: exactly storedBytes(type, elements()) long, inside the mapping

    std::int64_t elements() const; ///< product of shape; 1 for a scalar
};

/// Tensors by name from one or several mapped files. Implementations validate everything at open, so that a view can be
/// trusted; opening throws fileMissing, fileUnreadable, fileTruncated or fileMalformed, modelUnsupported for an element
/// type that is not read, and modelIncomplete when a shard lacks a tensor of its index, naming the file and the tensor.
class TensorFile {
public:
    virtual ~TensorFile() = default;

    /// All tensors, in file order.
    virtual std::span<const TensorView> tensors() const = 0;
    /// The file in which a tensor lies, for messages.
    virtual std::filesystem::path fileOf(const TensorView& tensor) const = 0;
    /// Tells the system that a tensor's pages will not be read again.
    virtual void release(const TensorView& tensor) const = 0;

    /// nullptr when absent.
    const TensorView* find(std::string_view name) const;
};

/// Decodes elements [first, first + out.size()) of a tensor to float; both ends must lie on block borders. f64 and
/// integer types are converted by value. Throws modelUnsupported for boolean, internal for a range outside the tensor.
void decode(const TensorView& tensor, std::int64_t first, std::span<float> out);

/// model.safetensors, a folder holding it, or a folder with model.safetensors.index.json (weight_map is trusted, not
/// file names). Also adapter_model.safetensors when given as a file.
std::unique_ptr<TensorFile> openSafetensors(const std::filesystem::path& path);

} // namespace falconer
