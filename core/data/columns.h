// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/data/row.h"

#include <map>
#include <string>
#include <string_view>

namespace falconer {

enum class RowFormat { promptCompletion, alpaca, sharegpt, messages, text };

/// As the recipe's data.format calls it: "prompt-completion".
std::string_view name(RowFormat format);

/// What the rows of a file are taken for, and why: "the first row has the columns prompt and completion".
struct RecognisedFormat {
    RowFormat format = RowFormat::promptCompletion;
    std::string why;
};

/// What a row says, wherever its columns came from: two texts, one text, or a conversation.
struct RowContent {
    bool hasPrompt = false; ///< a prompt and the completion that is to be learned; else one whole
    bool isConversation = false;

    std::string prompt; ///< of two texts
    std::string completion; ///< of two texts; the text itself where there is only one

    /// Of a conversation: objects with "role" and "content", the prompt's first.
    nlohmann::ordered_json messages;
    std::size_t promptMessages = 0; ///< how many of them are the prompt's
    nlohmann::ordered_json tools; ///< a list, or null
    nlohmann::ordered_json variables; ///< the row's own template variables (column chat_template_kwargs), or null

    std::int64_t line = 0;
    RowUnit unit = RowUnit::line;
};

/// Finds a row's content by the recipe's data.format and data.columns.
///
/// * prompt-completion: columns prompt and completion, both text or both lists of messages
/// * alpaca: instruction, input (may be empty or absent), output; system and history where they are there. The prompt
///   is Stanford Alpaca's text, with a line break behind "### Response:" as all who followed have it
/// * sharegpt: conversations, messages with "from" and "value"; human becomes user, gpt assistant, observation tool;
///   system where it is there
/// * messages: messages with "role" and "content"
/// * text: text
///
/// Columns tools and chat_template_kwargs go to the chat template. When data.template names one, two texts and Alpaca's
/// become a conversation.
class ColumnMap {
public:
    /// Throws recipeInvalid for a role that there is not, with the nearest one that there is.
    explicit ColumnMap(const DataSettings& settings);

    /// What `row`, the first one of `file`, is. Throws dataInvalid when no format fits, naming the columns, or when a
    /// mapped column is not there, with the nearest one that is.
    RecognisedFormat recognise(const Row& row, std::string_view file) const;

    /// Throws dataInvalid naming file and place: a column is missing, or is not what the format needs.
    RowContent content(const Row& row, RowFormat format, std::string_view file) const;

private:
    class Reading;
    /// The column that plays a role.
    const std::string& column(std::string_view role) const { return m_columns.find(role)->second; }
    bool isMapped(std::string_view role) const { return column(role) != role; }

    std::map<std::string, std::string, std::less<>> m_columns; // of every role
    std::map<std::string, std::string> m_mapped; // what the recipe says
    std::string m_format; // the recipe's, "auto" included
    bool m_templateNamed;
};

} // namespace falconer
