// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/lora.h"

#include <filesystem>

namespace falconer {

/// Writes a PEFT adapter folder (adapter_config.json, adapter_model.safetensors, README.md) that replaces `folder` in
/// one step; tensors are float32 under PEFT's names. It always applies to the unchanged base: see forUnchangedBase().
/// Throws fileUnwritable, diskFull; nothing half-written remains.
void writeAdapterFolder(const std::filesystem::path& folder, const LoraAdapter& adapter);

/// The same files into an existing folder (a checkpoint that is being assembled).
void writeAdapterFiles(const std::filesystem::path& folder, const LoraAdapter& adapter);

/// Reads a PEFT LoRA folder for a model. The tensors' names and shapes decide whether it belongs to the model: throws
/// adapterMismatch naming the first that does not fit, its shape and the one that is needed. Which linears are adapted
/// is what the file holds.
LoraAdapter readAdapterFolder(const std::filesystem::path& folder, const ModelSpec& spec);

} // namespace falconer
