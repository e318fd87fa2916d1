// SPDX-License-Identifier: Apache-2.0
#include "core/hub/model_details.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/formats/gguf.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;

namespace falconer {

namespace {

using Json = nlohmann::json;

/// Larger small files are no model's configuration, card or template.
constexpr std::uintmax_t kLargestFile = std::uintmax_t{16} << 20;
constexpr int kDeepest = 64;
constexpr std::size_t kMostFiles = 1000;

std::string readSmall(const fs::path& path)
{
    std::error_code error;
    if (const auto size = fs::file_size(path, error); error || size > kLargestFile)
        return {};
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Json readJson(const fs::path& path)
{
    bool deep = false;
    const auto check = [&](int depth, Json::parse_event_t, Json&) {
        deep |= depth > kDeepest;
        return depth <= kDeepest;
    };
    const Json json = Json::parse(readSmall(path), check, false);
    return deep || !json.is_object() ? Json::object() : json;
}

std::optional<std::int64_t> integer(const Json& json, std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (const auto found = json.find(name); found != json.end() && found->is_number_integer())
            return found->get<std::int64_t>();
    return std::nullopt;
}

/// `license: apache-2.0` between the lines of dashes that open a model card.
std::string licenseOf(const std::string& card)
{
    if (!card.starts_with("---"))
        return {};
    const std::size_t end = card.find("\n---", 3);
    std::istringstream front(card.substr(0, end));
    const std::string key = "license:";
    for (std::string line; std::getline(front, line);) {
        if (!line.starts_with(key))
            continue;
        std::string value = line.substr(key.size());
        value.erase(0, value.find_first_not_of(" \t'\""));
        value.erase(value.find_last_not_of(" \t\r'\"") + 1);
        return toValidUtf8(value.substr(0, 100));
    }
    return {};
}

std::string templateOf(const fs::path& folder)
{
    if (std::string text = readSmall(folder / "chat_template.jinja"); !text.empty())
        return toValidUtf8(text);
    const Json config = readJson(folder / "tokenizer_config.json");
    const auto found = config.find("chat_template");
    if (found == config.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    // A list of named ones: the default is what is used.
    if (found->is_array())
        for (const Json& each : *found)
            if (each.is_object() && each.value("name", Json()) == "default" && each.contains("template")
                && each["template"].is_string())
                return each["template"].get<std::string>();
    return {};
}

void listFiles(const fs::path& folder, ModelDetails& details)
{
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end && details.files.size() < kMostFiles;
         entry.increment(error)) {
        std::error_code ignored;
        if (!entry->is_regular_file(ignored))
            continue;
        const auto size = entry->file_size(ignored);
        details.files.push_back(
            {toValidUtf8(entry->path().filename().string()), ignored ? 0 : static_cast<std::int64_t>(size)});
    }
    std::sort(details.files.begin(), details.files.end(), [](const ModelDetails::File& a, const ModelDetails::File& b) {
        return a.bytes != b.bytes ? a.bytes > b.bytes : a.name < b.name;
    });
}

void readFolder(const fs::path& folder, ModelDetails& details)
{
    const Json config = readJson(folder / "config.json");
    details.contextLength = integer(config, {"max_position_embeddings", "n_positions", "seq_length"});
    details.layers = integer(config, {"num_hidden_layers", "n_layer"});
    details.hiddenSize = integer(config, {"hidden_size", "n_embd"});
    details.license = licenseOf(readSmall(folder / "README.md"));
    details.chatTemplate = templateOf(folder);
    listFiles(folder, details);
}

void readGguf(const fs::path& path, ModelDetails& details)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    details.files.push_back({toValidUtf8(path.filename().string()), error ? 0 : static_cast<std::int64_t>(size)});
    try {
        const std::unique_ptr<GgufFile> file = GgufFile::open(path);
        const std::string architecture = file->text("general.architecture").value_or("");
        details.license = file->text("general.license").value_or("");
        details.contextLength = file->integer(architecture + ".context_length");
        details.layers = file->integer(architecture + ".block_count");
        details.hiddenSize = file->integer(architecture + ".embedding_length");
        details.chatTemplate = toValidUtf8(file->text("tokenizer.chat_template").value_or(""));
    } catch (const Error&) {
        // The list of models says what is wrong with the file.
    }
}

} // namespace

ModelDetails readModelDetails(const fs::path& path)
{
    std::error_code error;
    if (!fs::exists(path, error))
        throw Error(ErrorCode::fileMissing, path.string(), "does not exist", "choose another model");
    ModelDetails details;
    if (fs::is_directory(path, error))
        readFolder(path, details);
    else
        readGguf(path, details);
    return details;
}

} // namespace falconer
