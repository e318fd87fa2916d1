// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/config/recipe.h"
#include "core/text/tokenizer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace falconer {

class Decoder;

/// What it takes to answer or to measure: a model with its tokenizer and, perhaps, an adapter. Hides LibTorch.
struct LoadedModel {
    std::unique_ptr<Tokenizer> tokenizer;
    std::shared_ptr<Decoder> decoder;
};

/// Loads a model folder or .gguf as `quantization` and `device` say, with the PEFT folder `adapter` on top. Throws what
/// Checkpoint, loadTokenizerFor and readAdapterFolder throw; warns (core/base/log.h) when the adapter names another
/// base.
LoadedModel loadModel(const std::filesystem::path& model, const QuantizationSettings& quantization,
    const std::string& device, const std::optional<std::filesystem::path>& adapter, const Progress& progress = {});

} // namespace falconer
