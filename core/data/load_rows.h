// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row_pipeline.h"
#include "core/data/source_files.h"

namespace falconer {

/// All rows of a recipe's files and the side on which each stands: what loadDataset() and previewDataset() share.
struct LoadedRows {
    SourceFiles sources;
    SampleStore training; ///< every good row of the training files; a fully masked one has targets 0
    std::vector<std::uint8_t> held; ///< 1 where a row of `training` is held back for validation; same length
    SampleStore validation; ///< every good row of the validation file, or `training` itself when a share is held back
    std::vector<std::size_t> learned; ///< rows of `training` that an epoch goes through, by the files' weights
    std::vector<std::size_t> measured; ///< rows of `validation` to validate on
    DatasetReport report;
    std::vector<Fault> problems; ///< of skipped rows, validation file last; the first hundred of each
    std::vector<Fault> refusals; ///< why nothing can be trained or validated with them; empty when it can
};

/// Sees every good row once: its texts, its ids before and after the cut.
using RowObserver = std::function<void(const TextRow&, const EncodedRow&, const Sample&)>;

/// Throws as loadDataset() does, but for rows that leave nothing to use: those are `refusals`.
LoadedRows loadRows(const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer,
    const Progress& progress, const RowObserver& observer = {}, std::optional<std::tm> now = {});

} // namespace falconer
