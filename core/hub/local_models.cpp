// SPDX-License-Identifier: Apache-2.0
#include "core/hub/local_models.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/hub/model_search.h"
#include "core/hub/model_summary.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace fs = std::filesystem;

namespace falconer {

namespace {

/// The folder that an environment variable names; empty when it is not set.
fs::path folderOf(const char* variable)
{
    const char* value = std::getenv(variable);
    return value && *value ? expandPath(value) : fs::path();
}

fs::path cacheHome()
{
    const fs::path home = folderOf("XDG_CACHE_HOME");
    return home.empty() ? expandPath("~/.cache") : home;
}

fs::path hubCache()
{
    for (const char* variable : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"})
        if (fs::path folder = folderOf(variable); !folder.empty())
            return folder;
    const fs::path home = folderOf("HF_HOME");
    return (home.empty() ? cacheHome() / "huggingface" : home) / "hub";
}

bool looksLikePath(std::string_view name)
{
    return name.starts_with('/') || name.starts_with("./") || name.starts_with("../") || name.starts_with('~')
        || name == "." || name == "..";
}

bool isGgufFile(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return false;
    std::array<char, 4> magic{};
    std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
    return path.extension() == ".gguf" || std::string_view(magic.data(), magic.size()) == "GGUF";
}

/// How well a model answers to a name: 2 exactly, 1 by its last part, 0 not at all.
int match(const std::string& model, const std::string& wanted)
{
    if (model == wanted || model == wanted + ".gguf")
        return 2;
    const std::string last = model.substr(model.rfind('/') + 1);
    return last == wanted || last == wanted + ".gguf" ? 1 : 0;
}

[[noreturn]] void refuseMissing(const std::string& name, const ModelRoots& roots)
{
    std::string repository = "models--" + name;
    if (const std::size_t slash = repository.find('/'); slash != std::string::npos)
        repository.replace(slash, 1, "--");
    std::vector<std::string> places;
    for (const fs::path& cache : roots.hubCaches) {
        std::error_code error;
        if (repository.find('/') == std::string::npos && fs::is_directory(cache / repository, error))
            throw Error(ErrorCode::fileMissing, name,
                fmt::format("{} holds no config.json with safetensors weights, and no GGUF file",
                    (cache / repository).string()),
                "download the model again");
        places.push_back(cache.string());
    }
    for (const fs::path& folder : roots.folders)
        places.push_back(folder.string());
    throw Error(ErrorCode::fileMissing, name,
        places.empty() ? std::string("no file or folder of this name")
                       : fmt::format("no file or folder of this name, and no such model in {}", join(places)),
        "give a model's folder, a .gguf file, or the name of a model that `falconer models` lists");
}

} // namespace

std::string_view name(ModelFormat format) { return format == ModelFormat::gguf ? "gguf" : "safetensors"; }

ModelRoots modelRoots(const std::vector<fs::path>& extra)
{
    const fs::path own = folderOf("FALCONER_CACHE");
    ModelRoots roots;
    roots.hubCaches.push_back(hubCache());
    roots.folders.push_back((own.empty() ? cacheHome() / "falconer" : own) / "models");
    for (const fs::path& folder : extra)
        roots.folders.push_back(expandPath(folder.string()));
    return roots;
}

std::vector<LocalModel> findLocalModels(const ModelRoots& roots, const Progress& progress)
{
    const std::vector<ModelCandidate> candidates = findCandidates(roots, progress);
    std::vector<LocalModel> models;
    for (const ModelCandidate& candidate : candidates) {
        report(progress, "reading models", static_cast<long long>(models.size()),
            static_cast<long long>(candidates.size()));
        models.push_back(summarize(candidate));
    }
    return models;
}

std::string shortName(const std::string& model)
{
    const fs::path path(model);
    if (!path.is_absolute() && !looksLikePath(model))
        return model;
    // models--ORG--NAME/snapshots/HASH, and perhaps a file in it
    fs::path snapshot = path.extension() == ".gguf" ? path.parent_path() : path;
    if (const std::string id = hubId(snapshot.parent_path().parent_path().filename().string());
        !id.empty() && snapshot.parent_path().filename() == "snapshots")
        return toValidUtf8(snapshot == path ? id : id + "/" + path.filename().string());
    return toValidUtf8(path.filename().string());
}

fs::path resolveModel(const std::string& name, const ModelRoots& roots)
{
    if (name.empty())
        throw Error(ErrorCode::requestInvalid, "model", "no model is named", "give a folder, a .gguf file, or a name");
    const fs::path path = expandPath(name);
    std::error_code error;
    // A bare name means a model first when the folder of that name beside us is something else.
    const bool isFolder = fs::is_directory(path, error);
    if (isFolder && (looksLikePath(name) || fs::exists(path / "config.json", error)))
        return path;
    if (!isFolder && fs::exists(path, error)) {
        if (!isGgufFile(path))
            throw Error(ErrorCode::requestInvalid, path.string(), "is neither a model's folder nor a GGUF file",
                "name the folder that holds config.json");
        return path;
    }
    if (looksLikePath(name))
        throw Error(ErrorCode::fileMissing, path.string(), "does not exist", "check the path");

    std::vector<ModelCandidate> answers;
    int best = 1;
    for (ModelCandidate& candidate : findCandidates(roots, {})) {
        const int quality = match(candidate.name, name);
        if (quality > best)
            answers.clear();
        best = std::max(best, quality);
        if (quality == best)
            answers.push_back(std::move(candidate));
    }
    if (answers.empty() && isFolder)
        return path;
    if (answers.empty())
        refuseMissing(name, roots);
    if (answers.size() > 1) {
        std::vector<std::string> names;
        for (const ModelCandidate& answer : answers)
            names.push_back(best == 2 ? answer.path.string() : answer.name);
        throw Error(
            ErrorCode::requestInvalid, name, "means several models: " + join(names), "give one of these in full");
    }
    return answers.front().path;
}

} // namespace falconer
