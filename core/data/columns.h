// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/data/jsonl_reader.h"

#include <string>

namespace falconer {

/// What a prompt/completion row says, wherever its columns came from.
struct TextRow {
    std::string prompt;
    std::string completion;
    std::int64_t line = 0; ///< 1-based
};

/// Finds a row's texts by the recipe's data.format and data.columns.
class ColumnMap {
public:
    /// Throws recipeInvalid for a role that is not "prompt" or "completion", and for a format or template that this
    /// version does not have.
    explicit ColumnMap(const DataSettings& settings);

    /// The texts of `row`. Throws dataInvalid naming `file` and line: a column is missing or is not text, the
    /// row needs a chat template.
    TextRow texts(const Row& row, std::string_view file) const;

private:
    std::string m_prompt = "prompt";
    std::string m_completion = "completion";
};

} // namespace falconer
