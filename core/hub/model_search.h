// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/hub/local_models.h"

namespace falconer {

/// A place that looks like a model from the outside; nothing in it has been read.
struct ModelCandidate {
    std::string name;
    std::filesystem::path path;
    ModelFormat format = ModelFormat::safetensors;
};

/// All candidates in `roots`, sorted by name, each real place once.
std::vector<ModelCandidate> findCandidates(const ModelRoots& roots, const Progress& progress);

/// "ORG/NAME" of a Hub cache's folder "models--ORG--NAME"; empty for another name.
std::string hubId(std::string_view folderName);

/// The snapshot that a Hub cache's folder "models--ORG--NAME" stands for: that of refs/main, else the newest. Empty
/// when there is none.
std::filesystem::path currentSnapshot(const std::filesystem::path& repository);

} // namespace falconer
