// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/config/recipe.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// One training sequence. `learn[i]` is 1 where ids[i] is a target (label), 0 where it is masked; equal lengths. ids[0]
/// can never be predicted, so learn[0] teaches nothing (Trainer counts labels[1:]).
struct Sample {
    std::vector<std::int32_t> ids;
    std::vector<std::uint8_t> learn;
    std::int64_t row = 0; ///< 1-based line or row number in its file
    std::int32_t file = 0; ///< index into Dataset::files

    std::int64_t targets() const; ///< number of learn[i] with i >= 1
};

/// What happened on the way from rows to samples.
struct DatasetReport {
    std::int64_t rows = 0; ///< rows read
    std::int64_t badRows = 0; ///< skipped under on_bad_row: skip
    std::int64_t cut = 0; ///< longer than max_length
    std::int64_t fullyMasked = 0; ///< no target left after the cut: dropped, as TRL does
    std::int64_t overlap = 0; ///< training rows whose prompt or whole text is also in a validation FILE; kept
    std::vector<std::string> warnings;
};

struct Dataset {
    std::vector<Sample> train;
    std::vector<Sample> validation;
    std::vector<std::string> files;
    DatasetReport report;
};

/// Reads, tokenizes, cuts, and splits the recipe's data. Throws dataInvalid naming file and line (a broken line, a
/// missing column, a row that needs a chat template, nothing left to train on), fileMissing, cancelled.
Dataset loadDataset(
    const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer, const Progress& progress = {});

/// Every row of one file, unsplit: for `eval`.
std::vector<Sample> loadSamples(const std::string& file, const DataSettings& settings, const Tokenizer& tokenizer,
    DatasetReport& report, const Progress& progress = {});

} // namespace falconer
