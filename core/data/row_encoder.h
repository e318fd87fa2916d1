// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/data/sample.h"
#include "core/data/text_row.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// A whole row as ids, before any cut.
struct EncodedRow {
    std::vector<std::int32_t> ids;
    std::vector<std::uint8_t> learn; ///< 1 for a target under the recipe's data.loss_on; as long as ids
    std::size_t completionStart = 0; ///< index of the completion's first id
    bool promptMerged
        = false; ///< the prompt's own ids are not a prefix of the row's: its end merged with the completion

    /// The first target that can be learned, which index 0 cannot; ids.size() when there is none.
    std::size_t firstTarget() const;
};

/// Ids and loss mask of a row as TRL 1.16 makes them (SFTTrainer._prepare_dataset). To text that does not end with it
/// the end-of-text string is appended; what a chat template rendered stands as it is and gets no special tokens. Prompt
/// and whole are encoded separately, and the completion starts where the two lists first differ.
///
/// loss_on completion: the completion; everything where there is no prompt (a text, a list of messages). assistant: the
/// assistant's words, of a prompt/completion conversation only those of the completion; of two texts the completion.
/// all: everything.
class RowEncoder {
public:
    /// Throws recipeInvalid for a data.loss_on that there is not, and for a data.max_length that leaves nothing.
    RowEncoder(const DataSettings& settings, const Tokenizer& tokenizer);

    EncodedRow encode(const TextRow& row) const;
    /// The first data.max_length ids. A target at index 0 is marked but teaches nothing: there is no position before
    /// it.
    Sample cut(const EncodedRow& row) const;

    bool hasEndOfText() const { return !m_endOfText.empty(); }
    std::int64_t maxLength() const { return m_maxLength; }

private:
    enum class LossOn { completion, assistant, all };

    const Tokenizer& m_tokenizer;
    std::string m_endOfText;
    std::int64_t m_maxLength = 0;
    LossOn m_lossOn = LossOn::completion;
};

} // namespace falconer
