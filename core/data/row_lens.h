// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/columns.h"
#include "core/data/row_encoder.h"
#include "core/data/row_renderer.h"

#include <string>
#include <vector>

namespace falconer {

/// A token of a row under the microscope.
struct LensToken {
    std::int32_t id = 0;
    std::string text; ///< as PreviewToken::text: empty for the first parts of a character
    std::string bytes; ///< its own bytes, of any value
    bool learned = false; ///< a target, were the row not cut
    bool special = false; ///< one that the tokenizer adds or marks: the end of text
    bool seam = false; ///< between it and the token before it a text ends and another begins
};

/// A row as the model will see it, whole.
struct LensRow {
    std::vector<LensToken> tokens;
    std::string text; ///< what they were made of, without an end of text that was appended
    bool isChat = false; ///< rendered by a chat template
};

/// Shows single rows as training would make them: columns to texts, template, tokens and mask.
class RowLens {
public:
    /// Throws recipeInvalid for data settings that there are not. `tokenizer` must live as long.
    RowLens(const DataSettings& settings, const Tokenizer& tokenizer);

    /// Throws dataInvalid for a bad row, recipeInvalid when it needs a template that there is not.
    LensRow look(const Row& row, RowFormat format, std::string_view file);

private:
    const Tokenizer& m_tokenizer;
    ColumnMap m_columns;
    RowRenderer m_renderer;
    RowEncoder m_encoder;
};

} // namespace falconer
