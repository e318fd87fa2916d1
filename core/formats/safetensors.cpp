// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/parse.h"
#include "core/formats/tensor_file.h"

#include <functional>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace fs = std::filesystem;

namespace falconer {

namespace {

constexpr const char* kSingleName = "model.safetensors";
constexpr const char* kIndexName = "model.safetensors.index.json";

struct Shard {
    std::shared_ptr<const MappedFile> file;
    std::vector<TensorView> tensors;
};

Shard openShard(const fs::path& path)
{
    Shard shard;
    shard.file = MappedFile::open(path);
    shard.tensors = parse::safetensors(shard.file->bytes(), path);
    return shard;
}

class SafetensorsFile : public TensorFile {
public:
    void add(std::shared_ptr<const MappedFile> file, std::vector<TensorView> tensors)
    {
        for (TensorView& tensor : tensors) {
            m_tensors.push_back(std::move(tensor));
            m_shardOf.push_back(m_files.size());
        }
        m_files.push_back(std::move(file));
    }

    std::span<const TensorView> tensors() const override { return m_tensors; }
    fs::path fileOf(const TensorView& tensor) const override { return shard(tensor).path(); }
    void release(const TensorView& tensor) const override { shard(tensor).release(tensor.bytes); }

private:
    /// By name, for the caller may hold a copy of the view.
    const MappedFile& shard(const TensorView& tensor) const
    {
        const TensorView* found = find(tensor.name);
        if (!found)
            throw Error(ErrorCode::internal, "tensor " + tensor.name, "does not belong to this file");
        return *m_files[m_shardOf[static_cast<std::size_t>(found - m_tensors.data())]];
    }

    std::vector<std::shared_ptr<const MappedFile>> m_files;
    std::vector<TensorView> m_tensors;
    std::vector<std::size_t> m_shardOf; ///< parallel to m_tensors
};

/// The weight_map of an index file, turned round: the tensors that each file is to give.
std::map<std::string, std::set<std::string, std::less<>>> readIndex(const fs::path& path)
{
    const auto fail = [&](const std::string& problem) {
        throw Error(ErrorCode::fileMalformed, path.string(), problem, "download the file again");
    };
    const std::shared_ptr<const MappedFile> file = MappedFile::open(path);
    parse::refuseLfsPointer(file->bytes(), path);
    if (file->bytes().size() > 100'000'000)
        fail("is larger than 100 MB, too large for an index");

    // A tree would keep the last of two equal keys without a word.
    std::vector<std::set<std::string>> keys;
    const auto check = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        if (depth > 16)
            fail("is nested too deeply for an index");
        if (event == nlohmann::json::parse_event_t::object_start)
            keys.emplace_back();
        else if (event == nlohmann::json::parse_event_t::object_end)
            keys.pop_back();
        else if (event == nlohmann::json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second)
            fail("has the key \"" + parse::printable(value.get<std::string>()) + "\" twice");
        return true;
    };
    nlohmann::json index;
    const auto* text = reinterpret_cast<const char*>(file->bytes().data());
    try {
        index = nlohmann::json::parse(text, text + file->bytes().size(), check);
    } catch (const nlohmann::json::parse_error& error) {
        fail("is not valid JSON at byte " + std::to_string(error.byte));
    }

    const auto map = index.is_object() ? index.find("weight_map") : index.end();
    if (map == index.end() || !map->is_object() || map->empty())
        fail("has no \"weight_map\"");
    std::map<std::string, std::set<std::string, std::less<>>> files;
    for (const auto& [tensor, shard] : map->items()) {
        if (!shard.is_string())
            fail("does not name the file of the tensor " + parse::printable(tensor));
        const auto shardName = shard.get<std::string>();
        // An index comes from strangers: it must not make us read files elsewhere on this machine.
        if (shardName.empty() || shardName != fs::path(shardName).filename() || shardName == "." || shardName == ".."
            || shardName.find('\0') != std::string::npos)
            fail("names \"" + parse::printable(shardName) + "\", which is not a file beside it, for the tensor "
                + parse::printable(tensor));
        files[shardName].insert(tensor);
    }
    return files;
}

std::unique_ptr<TensorFile> openSharded(const fs::path& index)
{
    auto result = std::make_unique<SafetensorsFile>();
    for (const auto& entry : readIndex(index)) {
        const fs::path path = index.parent_path() / entry.first;
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            throw Error(ErrorCode::fileMissing, path.string(),
                "does not exist, and " + index.filename().string() + " names it for "
                    + std::to_string(entry.second.size()) + " tensors",
                "download the missing file");
        Shard shard = openShard(path);
        std::set<std::string, std::less<>> missing = entry.second;
        std::vector<TensorView> wanted;
        for (TensorView& tensor : shard.tensors)
            if (missing.erase(tensor.name) > 0)
                wanted.push_back(std::move(tensor));
        if (!missing.empty())
            throw Error(ErrorCode::modelIncomplete, parse::tensorSubject(path, *missing.begin()),
                "is not in this file, where " + index.filename().string() + " says that it is",
                "download both files again");
        result->add(std::move(shard.file), std::move(wanted));
    }
    return result;
}

} // namespace

std::unique_ptr<TensorFile> openSafetensors(const fs::path& path)
{
    std::error_code ignored;
    fs::path single = path;
    if (fs::is_directory(path, ignored)) {
        single = path / kSingleName;
        // The single file goes first when both are there, as in Transformers.
        if (!fs::exists(single, ignored) && fs::exists(path / kIndexName, ignored))
            return openSharded(path / kIndexName);
        if (!fs::exists(single, ignored))
            throw Error(ErrorCode::fileMissing, path.string(),
                std::string("holds neither ") + kSingleName + " nor " + kIndexName,
                "name a folder that holds a model in the safetensors format");
    }
    Shard shard = openShard(single);
    auto result = std::make_unique<SafetensorsFile>();
    result->add(std::move(shard.file), std::move(shard.tensors));
    return result;
}

} // namespace falconer
