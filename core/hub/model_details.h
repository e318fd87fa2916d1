// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// What a person wants to know of a model before choosing it. Read from its small files and headers; what is not said
/// there is empty.
struct ModelDetails {
    struct File {
        std::string name;
        std::int64_t bytes = 0;
    };
    std::string license; ///< the model card's `license`, or GGUF's general.license
    std::optional<std::int64_t> contextLength; ///< tokens
    std::optional<std::int64_t> layers;
    std::optional<std::int64_t> hiddenSize;
    std::string chatTemplate; ///< the model's own, as it stands; empty: none
    std::vector<File> files; ///< of the folder itself, largest first; or the .gguf file
};

/// Details of a model folder or .gguf file. Never throws for what the files hold: what cannot be read is left empty.
/// Throws fileMissing when there is nothing at `path`.
ModelDetails readModelDetails(const std::filesystem::path& path);

} // namespace falconer
