// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensor_file.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/formats/parse.h"

#include <array>
#include <cstring>

namespace falconer {

namespace {

struct Traits {
    std::string_view name;
    std::int64_t elements;
    std::size_t bytes;
};

/// In the order of StoredType.
constexpr std::array<Traits, 16> kTraits = {{
    {"F64", 1, 8},
    {"F32", 1, 4},
    {"F16", 1, 2},
    {"BF16", 1, 2},
    {"I64", 1, 8},
    {"I32", 1, 4},
    {"I16", 1, 2},
    {"I8", 1, 1},
    {"U64", 1, 8},
    {"U32", 1, 4},
    {"U16", 1, 2},
    {"U8", 1, 1},
    {"BOOL", 1, 1},
    {"Q4_0", 32, 18},
    {"Q4_1", 32, 20},
    {"Q8_0", 32, 34},
}};
static_assert(kTraits.size() == static_cast<std::size_t>(StoredType::q8_0) + 1);

const Traits& traits(StoredType type) { return kTraits.at(static_cast<std::size_t>(type)); }

} // namespace

std::string_view name(StoredType type) { return traits(type).name; }
std::int64_t blockElements(StoredType type) { return traits(type).elements; }
std::size_t blockBytes(StoredType type) { return traits(type).bytes; }

std::size_t storedBytes(StoredType type, std::int64_t elements)
{
    return static_cast<std::size_t>(elements / blockElements(type)) * blockBytes(type);
}

std::int64_t TensorView::elements() const
{
    std::int64_t count = 1;
    for (const std::int64_t dimension : shape)
        count *= dimension;
    return count;
}

const TensorView* TensorFile::find(std::string_view name) const
{
    for (const TensorView& tensor : tensors())
        if (tensor.name == name)
            return &tensor;
    return nullptr;
}

namespace parse {

std::optional<std::size_t> tensorBytes(StoredType type, std::span<const std::int64_t> shape)
{
    std::int64_t elements = 1;
    for (const std::int64_t dimension : shape)
        if (dimension < 0 || __builtin_mul_overflow(elements, dimension, &elements))
            return std::nullopt;
    if ((shape.empty() ? 1 : shape.back()) % blockElements(type) != 0)
        return std::nullopt;
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(static_cast<std::size_t>(elements / blockElements(type)), blockBytes(type), &bytes))
        return std::nullopt;
    return bytes;
}

void refuseLfsPointer(std::span<const std::byte> file, const std::filesystem::path& path)
{
    constexpr std::string_view kStart = "version https://git-lfs";
    if (file.size() >= kStart.size() && std::memcmp(file.data(), kStart.data(), kStart.size()) == 0)
        throw Error(ErrorCode::fileMalformed, path.string(), "is a Git LFS pointer, not the file itself",
            "run \"git lfs pull\" in its folder, or download the file");
}

std::string printable(std::string_view name)
{
    constexpr std::size_t kLongest = 120;
    const bool cut = name.size() > kLongest;
    std::string text = toValidUtf8(cut ? name.substr(0, completeUtf8Prefix(name.substr(0, kLongest))) : name);
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = '?';
    return cut ? text + "…" : text;
}

std::string tensorSubject(const std::filesystem::path& path, std::string_view name)
{
    return path.string() + ", tensor " + printable(name);
}

} // namespace parse

} // namespace falconer
