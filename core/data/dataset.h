// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/config/recipe.h"
#include "core/data/sample_store.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// What a file turned out to hold.
struct SourceReport {
    std::string file;
    std::string format; ///< as data.format calls it; empty when the file has no row that can be read
    std::string why; ///< a clause: "the first row has the column text"
    std::vector<std::string> columns; ///< of that row
    std::int64_t rows = 0; ///< good ones
};

/// What happened on the way from rows to samples.
struct DatasetReport {
    std::int64_t rows = 0; ///< rows read
    std::int64_t badRows = 0; ///< skipped under on_bad_row: skip
    std::int64_t cut = 0; ///< longer than max_length
    std::int64_t fullyMasked = 0; ///< no target left after the cut: dropped, as TRL does
    std::int64_t overlap = 0; ///< training rows whose prompt or whole text is also in a validation FILE; kept
    std::vector<SourceReport> sources; ///< training files, then the validation file
    std::vector<std::string> warnings;
};

struct Dataset {
    SampleStore train;
    SampleStore validation;
    std::vector<std::string> files;
    DatasetReport report;

    /// FNV-1a over every id and mask, training rows first: tells on resume whether the data is still the same. Goes
    /// through all samples once.
    std::uint64_t fingerprint() const;
};

/// Reads, tokenizes, cuts, splits and mixes the recipe's data. A file with a weight counts by it: see mixFiles(). `now`
/// is the time that a chat template is told (strftime_now): the run's start, so that resuming on another day gives the
/// same rows; without it the time of the call. Throws dataInvalid naming file and line (a broken line, a missing
/// column, a row that the template refuses, nothing left to train on; the first fault of each file), recipeInvalid,
/// fileMissing, fileUnreadable (also for a file that changes while it is read), fileMalformed (cut off), cancelled.
Dataset loadDataset(const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer,
    const Progress& progress = {}, std::optional<std::tm> now = {});

/// What can be said against the data before there is a tokenizer: files that are not there or cannot be read, and the
/// columns of their first rows.
std::vector<Fault> firstRowFaults(const DataSettings& settings);

/// Every row of one file, unsplit: for `eval`.
SampleStore loadSamples(const std::string& file, const DataSettings& settings, const Tokenizer& tokenizer,
    DatasetReport& report, const Progress& progress = {});

} // namespace falconer
