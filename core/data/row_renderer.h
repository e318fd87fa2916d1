// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/data/columns.h"
#include "core/data/text_row.h"
#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"

#include <ctime>
#include <optional>
#include <string_view>

namespace falconer {

/// Turns what a row says into text. Conversations are rendered by the recipe's chat template as TRL 1.16 does it: the
/// prompt of a prompt/completion row by itself with add_generation_prompt, the whole without. Texts stand as they are.
class RowRenderer {
public:
    /// `now` is what a template's strftime_now() tells: a run that goes on another day must get the same texts. Throws
    /// what findChatTemplate() throws for a template that the recipe names.
    RowRenderer(const DataSettings& settings, const Tokenizer& tokenizer, std::optional<std::tm> now);

    /// Throws recipeInvalid when the rows of `file` need a template that there is not, or have no assistant to learn
    /// from; dataInvalid naming file and place when the template refuses the row or renders nothing of it, or when the
    /// assistant's words cannot be found in what it renders.
    TextRow render(const RowContent& content, std::string_view file);

private:
    TextRow renderChat(const RowContent& content, std::string_view file);
    const ChatTemplate& need(std::string_view file);

    const Tokenizer& m_tokenizer;
    std::string m_setting;
    bool m_assistantOnly;
    RenderOptions m_options;
    nlohmann::ordered_json m_variables;
    std::optional<ChatTemplate> m_template;
};

} // namespace falconer
