// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/data/preview.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace falconer {

/// What decides a row's fate under any data.max_length: a cut at n keeps its first n tokens.
struct SurveyedRow {
    static constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();

    std::int32_t length = -1; ///< tokens before any cut; -1: the row is bad
    std::int32_t firstTarget = kNever; ///< index of the first token that can be learned; kNever: none can
    bool overlaps = false; ///< a training row whose prompt or whole text is also in the validation file
    bool repeats = false; ///< the whole text of an earlier row of the same side

    bool isBad() const { return length < 0; }
    bool isCut(std::int64_t maxLength) const { return length > maxLength; }
    bool isMasked(std::int64_t maxLength) const { return !isBad() && firstTarget >= maxLength; }
};

/// What a survey leaves behind besides the rows.
struct SurveyReport {
    DatasetReport report; ///< cut and fullyMasked are left 0: they depend on max_length
    std::vector<Fault> problems; ///< why rows are bad: the first 100 of each side
    /// Of every good training row the number of its question: rows of one number stay on one side of the split.
    std::vector<std::uint32_t> questions;
};

/// Rows of file `file` (training files in order, then the validation file), in order and without gaps.
using SurveyObserver = std::function<void(std::int32_t file, std::span<const SurveyedRow> rows)>;

/// Reads and tokenizes every row of the recipe's data as loadDataset() does, keeping lengths only. Bad rows are skipped
/// whatever data.on_bad_row says, data.max_length has no part in it. Throws what loadDataset() throws otherwise.
SurveyReport surveyRows(const DataSettings& settings, const Tokenizer& tokenizer, const SurveyObserver& observe,
    const Progress& progress = {});

/// 1 for each good training row that loadDataset() holds back for validation.
std::vector<std::uint8_t> heldBack(std::span<const std::uint32_t> questions, double share, std::uint64_t seed);

/// Lengths of good rows, ready for any question about a cut.
class LengthStats {
public:
    LengthStats() = default;
    explicit LengthStats(std::span<const SurveyedRow> rows);

    std::int64_t rows() const { return static_cast<std::int64_t>(m_lengths.size()); }
    std::int64_t tokens() const { return m_tokens; } ///< before any cut
    std::int64_t cutAt(std::int64_t maxLength) const; ///< rows that are longer
    std::int64_t maskedAt(std::int64_t maxLength) const; ///< rows that teach nothing then
    /// The smallest max_length that masks no row which a longer one would not; 0 without rows that teach.
    std::int64_t rescue() const { return m_rescue; }
    const LengthHistogram& histogram() const { return m_histogram; } ///< longestLine is not filled in

private:
    std::vector<std::int32_t> m_lengths; // sorted
    std::vector<std::int32_t> m_firstTargets; // sorted
    std::int64_t m_tokens = 0;
    std::int64_t m_rescue = 0;
    LengthHistogram m_histogram;
};

} // namespace falconer
