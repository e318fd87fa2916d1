// SPDX-License-Identifier: Apache-2.0
#include "core/hub/model_summary.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/formats/gguf.h"
#include "core/formats/tensor_file.h"

#include <algorithm>
#include <new>
#include <set>
#include <system_error>

#include <nlohmann/json.hpp>

namespace fs = std::filesystem;

namespace falconer {

namespace {

constexpr std::size_t kLargestConfig = std::size_t{16} << 20;
constexpr int kDeepestConfig = 64;
constexpr std::size_t kLongestName = 64;

/// A name that a model's file gives for its architecture, or nothing when it cannot be one.
std::string plainName(const std::string& text)
{
    const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
    return plain && text.size() <= kLongestName ? text : std::string();
}

std::string architectureOf(const fs::path& config)
{
    const auto refuse = [&](std::string problem) {
        throw Error(ErrorCode::fileMalformed, config.string(), std::move(problem), "download the file again");
    };
    const std::shared_ptr<const MappedFile> file = MappedFile::open(config);
    if (file->bytes().size() > kLargestConfig)
        refuse("is too large for a model's configuration");
    using Json = nlohmann::json;
    const auto check = [&](int depth, Json::parse_event_t, Json&) {
        if (depth > kDeepestConfig)
            refuse("is nested too deeply");
        return true;
    };
    const auto* text = reinterpret_cast<const char*>(file->bytes().data());
    Json json;
    try {
        json = Json::parse(text, text + file->bytes().size(), check);
    } catch (const Json::exception&) {
        refuse("is not valid JSON");
    }
    std::string architecture;
    if (const auto type = json.find("model_type"); type != json.end() && type->is_string())
        architecture = plainName(type->get<std::string>());
    if (architecture.empty())
        refuse("does not name the architecture (model_type)");
    return architecture;
}

/// The parts of a weight that bitsandbytes stores beside its codes.
bool isQuantizationState(std::string_view name)
{
    return name.find(".quant_state.bitsandbytes__") != std::string_view::npos || name.ends_with(".absmax")
        || name.ends_with(".quant_map") || name.ends_with(".nested_absmax") || name.ends_with(".nested_quant_map");
}

void count(const TensorFile& weights, LocalModel& model)
{
    std::set<std::string_view> fourBit; // bitsandbytes packs two of these weights into a byte
    for (const TensorView& tensor : weights.tensors()) {
        const std::string_view name = tensor.name;
        if (const std::size_t at = name.find(".quant_state.bitsandbytes__"); at != std::string_view::npos)
            fourBit.insert(name.substr(0, at));
    }
    for (const TensorView& tensor : weights.tensors()) {
        model.bytes += static_cast<std::int64_t>(tensor.bytes.size());
        if (!isQuantizationState(tensor.name))
            model.parameters += tensor.elements() * (fourBit.contains(tensor.name) ? 2 : 1);
    }
}

void readFolder(LocalModel& model)
{
    model.architecture = architectureOf(model.path / "config.json");
    std::error_code error;
    if (!fs::exists(model.path / "model.safetensors", error)
        && !fs::exists(model.path / "model.safetensors.index.json", error))
        throw Error(ErrorCode::modelUnsupported, model.path.string(),
            "its weights are in PyTorch's .bin format, which this version does not read",
            "convert them to safetensors, or download that variant");
    count(*openSafetensors(model.path), model);
}

void readGguf(LocalModel& model)
{
    std::error_code error;
    if (const auto size = fs::file_size(model.path, error); !error)
        model.bytes = static_cast<std::int64_t>(size);
    const std::unique_ptr<GgufFile> file = GgufFile::open(model.path);
    model.architecture = plainName(file->text("general.architecture").value_or(std::string()));
    if (model.architecture.empty())
        throw Error(
            ErrorCode::fileMalformed, model.path.string(), "does not name the architecture (general.architecture)");
    if (const auto parts = file->integer("split.count"); parts && *parts > 1)
        throw Error(ErrorCode::modelUnsupported, model.path.string(), "is one part of a model in several GGUF files",
            "join the parts into one file");
    if (file->tensors().empty())
        throw Error(ErrorCode::modelIncomplete, model.path.string(), "holds a vocabulary but no weights");
    for (const TensorView& tensor : file->tensors())
        model.parameters += tensor.elements();
}

} // namespace

LocalModel summarize(const ModelCandidate& candidate)
{
    LocalModel model;
    model.name = candidate.name;
    model.path = candidate.path;
    model.format = candidate.format;
    try {
        if (model.format == ModelFormat::gguf)
            readGguf(model);
        else
            readFolder(model);
    } catch (const Error& error) {
        model.problem = toValidUtf8(sentence(error.faults().front()));
    } catch (const std::bad_alloc&) {
        model.problem = "Its headers ask for more memory than there is.";
    }
    return model;
}

} // namespace falconer
