// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace falconer {

/// Writes a safetensors file atomically, tensors ordered as the reference writer does (type size descending, then
/// name), header padded to 8 bytes, "__metadata__" from `metadata` plus {"format": "pt"}. Views point at the caller's
/// memory.
void writeSafetensors(const std::filesystem::path& path, const std::vector<TensorView>& tensors,
    const std::map<std::string, std::string>& metadata = {});

} // namespace falconer
