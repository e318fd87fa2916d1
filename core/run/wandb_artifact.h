// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace falconer {

/// A file of a W&B artifact.
struct WandbManifestEntry {
    std::string path; ///< within the artifact
    std::string digest; ///< its MD5 in base64
    std::int64_t size = 0;
    std::filesystem::path local; ///< absolute
};

/// A folder's files as W&B lists them in a manifest.
struct WandbManifest {
    std::vector<WandbManifestEntry> files; ///< by path
    std::string digest; ///< of the manifest, in hexadecimal
};

/// Reads every regular file of `folder`. Throws fileUnreadable, fileMissing. Source: wandb's
/// artifact_manifests/artifact_manifest_v1.py.
WandbManifest wandbManifest(const std::filesystem::path& folder);

/// `length` random characters of [0-9a-z]: W&B's ids.
std::string wandbId(std::size_t length);

} // namespace falconer
