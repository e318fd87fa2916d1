// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/data/row.h"

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

struct PreviewToken {
    std::int32_t id = 0;
    /// What the token adds to the row's text: the pieces joined are the decoded row. A character that several tokens
    /// make up stands with the last of them, the others have empty text.
    std::string text;
    bool learned = false; ///< a target, were the row not cut
};

/// One row as the model will see it, whole: the tokens from `kept` on are cut off.
struct PreviewRow {
    std::string file;
    std::int64_t line = 0; ///< 1-based
    RowUnit unit = RowUnit::line; ///< what `line` counts
    std::string prompt;
    std::string completion;
    std::string text; ///< the whole row, as a chat template rendered it or as it stands
    bool isChat = false; ///< rendered by a chat template
    std::vector<PreviewToken> tokens;
    std::int64_t kept = 0; ///< tokens left by data.max_length
    std::int64_t targets = 0; ///< targets among them, the first token left out (nothing comes before it)
    bool validation = false; ///< held back for validation
    bool dropped = false; ///< fully masked: not used
};

/// counts[i] rows have a length in edges[i] <= tokens < edges[i + 1], before any cut. Buckets are equally wide (a round
/// number of tokens); edges has one entry more than counts. Both are empty without rows.
struct LengthHistogram {
    std::vector<std::int64_t> edges;
    std::vector<std::int64_t> counts;
    std::int64_t longest = 0;
    RowUnit longestUnit = RowUnit::line;
    std::int64_t longestLine = 0; ///< where the (first) longest row stands
    std::string longestFile;
    std::int64_t median = 0;
    std::int64_t percentile95 = 0;
};

/// Sums over the rows that are used, after the cut; of training, by the files' weights.
struct PreviewTotals {
    std::int64_t rows = 0;
    std::int64_t tokens = 0;
    std::int64_t targets = 0;
};

/// What training would read, seen before any weight is loaded.
struct Preview {
    std::vector<PreviewRow> rows;
    LengthHistogram lengths; ///< of every good row, validation included
    PreviewTotals train;
    PreviewTotals validation;
    std::int64_t maxLength = 0;
    DatasetReport report;
    std::vector<Fault> problems; ///< under on_bad_row: skip, why rows were skipped; the first 100
    std::vector<Fault> refusals; ///< why loadDataset() refuses this data as it stands; empty when it does not
};

/// Reads the recipe's data as loadDataset() does, with the same split, and shows the first `rows` rows of the training
/// files, in file order. Where nothing is left to train or to validate on, `refusals` says why. Throws what
/// loadDataset() throws otherwise.
Preview previewDataset(const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer, std::int64_t rows,
    const Progress& progress = {});

/// Buckets for a chart: at most `buckets` of them.
LengthHistogram makeHistogram(const std::vector<std::int64_t>& lengths, std::int64_t buckets = 40);

} // namespace falconer
