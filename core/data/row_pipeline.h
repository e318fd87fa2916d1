// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/data/columns.h"
#include "core/data/dataset.h"
#include "core/data/row_encoder.h"
#include "core/data/row_renderer.h"

#include <functional>
#include <string>
#include <vector>

namespace falconer {

/// The way that every row goes, for training, evaluation and preview alike: read, columns to texts, conversations
/// through the chat template, texts to ids, cut. It counts into a DatasetReport what it meets and says at the end what
/// deserves a warning. One pipeline serves the training files, another the validation file.
class RowPipeline {
public:
    using Sink = std::function<void(const TextRow&, const EncodedRow&)>;

    /// Throws recipeInvalid for data settings that there are not.
    RowPipeline(const DataSettings& settings, const Tokenizer& tokenizer, DatasetReport& report,
        const Progress& progress, std::optional<std::tm> now);

    /// Hands every good row of a file to `sink`, in order. A bad one is thrown (dataInvalid naming file and line) or,
    /// under on_bad_row: skip, counted.
    void read(const std::string& file, const Sink& sink);
    /// Cuts and counts. A sample whose targets() is 0 must not be used.
    Sample cut(const EncodedRow& row, std::int64_t line, std::int32_t file);
    /// Puts what was counted into words, as report.warnings.
    void warn();

    /// Why no row is left of `file`; `purpose` is "to train on" or the like.
    Fault emptiness(const std::string& file, std::string_view purpose) const;

    /// Why rows were skipped: the first few.
    const std::vector<Fault>& problems() const { return m_problems; }

private:
    /// The data.max_length that lets fully masked rows learn something, as a clause; empty when none does.
    std::string rescue() const;

    DatasetReport& m_report;
    const Progress& m_progress;
    ColumnMap m_columns;
    RowRenderer m_renderer;
    RowEncoder m_encoder;
    bool m_skip;
    bool m_lossOnCompletion;
    bool m_anyWhole = false; // a conversation without a prompt of its own
    bool m_anyPlain = false; // a row that ends with the end of text
    std::vector<Fault> m_problems;
    std::int64_t m_merged = 0;
    std::string m_firstMerged; // place of the first row whose prompt merged
    std::int64_t m_parted = 0; // chats whose prompt is no prefix of the whole
    std::string m_firstParted;
    std::int64_t m_shortestRescue = 0; // the max_length that would rescue one fully masked row; 0: none would
    std::int64_t m_longestRescue = 0; // … that would rescue all that can be
};

} // namespace falconer
