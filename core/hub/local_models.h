// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

enum class ModelFormat { safetensors, gguf };

std::string_view name(ModelFormat format); ///< "safetensors", "gguf"

/// A model that lies on this machine, as far as its headers tell.
struct LocalModel {
    std::string name; ///< Hub id ("tiiuae/falcon-7b"), or the path within the root where it was found
    std::filesystem::path path; ///< folder with config.json and weights, or .gguf file: what loads it
    std::string architecture; ///< config.json's model_type, GGUF's general.architecture; empty when not readable
    ModelFormat format = ModelFormat::safetensors;
    std::int64_t bytes = 0; ///< of its weights
    std::int64_t parameters
        = 0; ///< elements of its tensors, two a byte in bitsandbytes' 4-bit weights; 0 when not readable
    std::string problem; ///< why it cannot be used, as a sentence; empty when nothing speaks against it
};

/// Where models are looked for.
struct ModelRoots {
    std::vector<std::filesystem::path>
        hubCaches; ///< laid out as huggingface_hub does it: models--ORG--NAME/snapshots/REVISION
    std::vector<std::filesystem::path> folders; ///< searched for model folders and .gguf files
};

/// The Hugging Face cache (HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME/hub, XDG_CACHE_HOME/huggingface/hub, else
/// ~/.cache/huggingface/hub), `models` in Falconer's cache (FALCONER_CACHE, XDG_CACHE_HOME/falconer, else
/// ~/.cache/falconer), and `extra` folders.
ModelRoots modelRoots(const std::vector<std::filesystem::path>& extra = {});

/// Everything found in `roots`, by name; a model that can be reached on two ways is listed once. Reads headers only.
/// What is broken stays in the list and says so in `problem`; a root that does not exist is passed over. Throws
/// cancelled.
std::vector<LocalModel> findLocalModels(const ModelRoots& roots = modelRoots(), const Progress& progress = {});

/// How a list names a model that a recipe names: by its Hub id where it lies in a Hub cache, else by the last part of
/// its path; a Hub id stays as it is.
std::string shortName(const std::string& model);

/// The folder or .gguf file that `name` means: a path that exists, or the name of a model in `roots` (Hub id, its last
/// part alone, a file name with or without .gguf). A bare name goes to a folder without config.json only when no model
/// answers to it. Throws fileMissing saying where it was looked for, requestInvalid when several models answer to the
/// name or a file is not GGUF.
std::filesystem::path resolveModel(const std::string& name, const ModelRoots& roots = modelRoots());

} // namespace falconer
