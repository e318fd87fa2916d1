// SPDX-License-Identifier: Apache-2.0
#include "core/formats/safetensors_writer.h"

#include "core/base/error.h"
#include "core/base/files.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <span>

#include <nlohmann/json.hpp>

namespace falconer {

namespace {

/// The order in which the reference writer lays types out: its own list of types, last first. That is by size
/// descending, so that every tensor stays aligned to its element.
constexpr std::array kOrder = {StoredType::u64, StoredType::i64, StoredType::f64, StoredType::f32, StoredType::u32,
    StoredType::i32, StoredType::bf16, StoredType::f16, StoredType::u16, StoredType::i16, StoredType::i8,
    StoredType::u8, StoredType::boolean};

std::size_t rank(const TensorView& tensor)
{
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), tensor.type) - kOrder.begin());
}

void check(const std::vector<TensorView>& tensors)
{
    std::set<std::string_view> names;
    for (const TensorView& tensor : tensors) {
        if (rank(tensor) == kOrder.size())
            throw Error(ErrorCode::internal, "tensor " + tensor.name,
                "has the type " + std::string(name(tensor.type)) + ", which safetensors cannot hold");
        if (tensor.bytes.size() != storedBytes(tensor.type, tensor.elements()))
            throw Error(ErrorCode::internal, "tensor " + tensor.name, "has bytes that do not fit its shape");
        if (tensor.name == "__metadata__" || !names.insert(tensor.name).second)
            throw Error(ErrorCode::internal, "tensor " + tensor.name, "has a name that is taken");
    }
}

} // namespace

void writeSafetensors(const std::filesystem::path& path, const std::vector<TensorView>& tensors,
    const std::map<std::string, std::string>& metadata)
{
    check(tensors);
    std::vector<const TensorView*> ordered;
    for (const TensorView& tensor : tensors)
        ordered.push_back(&tensor);
    std::sort(ordered.begin(), ordered.end(), [](const TensorView* a, const TensorView* b) {
        return rank(*a) != rank(*b) ? rank(*a) < rank(*b) : a->name < b->name;
    });

    nlohmann::ordered_json header;
    std::map<std::string, std::string> allMetadata = metadata;
    allMetadata.emplace("format", "pt"); // older Transformers refuse a file without it
    header["__metadata__"] = allMetadata;
    std::uint64_t offset = 0;
    for (const TensorView* tensor : ordered) {
        const std::uint64_t end = offset + tensor->bytes.size();
        // push_back, not [key]: an ordered object looks a key up by walking the whole list
        header.get_ref<nlohmann::ordered_json::object_t&>().push_back({tensor->name,
            nlohmann::ordered_json{
                {"dtype", name(tensor->type)}, {"shape", tensor->shape}, {"data_offsets", {offset, end}}}});
        offset = end;
    }
    std::string text;
    try {
        text = header.dump();
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorCode::internal, path.string(), std::string("a name in it is not UTF-8: ") + error.what());
    }
    text.append((8 - text.size() % 8) % 8, ' ');

    AtomicFile file(path);
    const std::uint64_t headerBytes = text.size();
    file.write(&headerBytes, sizeof headerBytes);
    file.write(text);
    for (const TensorView* tensor : ordered)
        file.write(tensor->bytes.data(), tensor->bytes.size());
    file.commit();
}

} // namespace falconer
