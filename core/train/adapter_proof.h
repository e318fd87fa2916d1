// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/train/session.h"

#include <filesystem>
#include <optional>

namespace falconer {

/// Training rows that an adapter is measured on where a run has no validation rows.
inline constexpr std::size_t kProofRows = 32;

/// Loads a run's model with an adapter that was copied out of it, and measures it on the rows that the run validated
/// on: what a user loads is what was trained. `recorded` is the loss that the run wrote down for that adapter; without
/// it, or where the run validated on nothing, `origin`, the folder that was copied, is measured as well. Takes the
/// memory and time of a model that only answers. Progress: the phases of loading and "evaluating". Throws what reading
/// the run, its model, its data and the adapters throws, and cancelled.
AdapterProof proveAdapter(const std::filesystem::path& run, const std::filesystem::path& origin,
    const std::filesystem::path& exported, std::optional<double> recorded, const Progress& progress = {});

} // namespace falconer
