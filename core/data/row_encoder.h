// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/data/columns.h"
#include "core/data/dataset.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// A whole row as ids, before any cut.
struct EncodedRow {
    std::vector<std::int32_t> ids;
    std::size_t completionStart = 0; ///< index of the completion's first id
    bool promptMerged
        = false; ///< the prompt's own ids are not a prefix of the row's: its end merged with the completion

    /// The first id that is a target under the recipe's data.loss_on; ids.size() when none is.
    std::size_t firstTarget = 0;
};

/// Ids and loss mask of prompt/completion rows as TRL 1.16 makes them (SFTTrainer._prepare_dataset): the end-of-text
/// string is appended to a completion that does not end with it; prompt and prompt + completion are encoded separately,
/// and the completion starts where the two lists first differ.
class RowEncoder {
public:
    /// Throws recipeInvalid for a data.loss_on that this version does not have.
    RowEncoder(const DataSettings& settings, const Tokenizer& tokenizer);

    EncodedRow encode(const TextRow& row) const;
    /// The first data.max_length ids. A target at index 0 is marked but teaches nothing: there is no position before
    /// it.
    Sample cut(const EncodedRow& row) const;

    bool hasEndOfText() const { return !m_endOfText.empty(); }
    std::int64_t maxLength() const { return m_maxLength; }

private:
    const Tokenizer& m_tokenizer;
    std::string m_endOfText;
    std::int64_t m_maxLength = 0;
    bool m_learnAll = false;
};

} // namespace falconer
