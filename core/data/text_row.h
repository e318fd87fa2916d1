// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row.h"
#include "core/text/chat_template.h"

#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// A row as text, ready to be tokenized.
struct TextRow {
    std::string prompt; ///< as it is tokenized by itself; empty without one
    std::string completion; ///< what follows it; the whole text where there is no prompt
    std::int64_t line = 0; ///< 1-based
    RowUnit unit = RowUnit::line;
    bool hasPrompt = true; ///< the loss may be on the completion alone

    /// Set for what a chat template rendered: it writes all special tokens itself.
    bool isChat = false;
    std::string whole{}; ///< of a chat: the text of all its messages
    std::vector<ByteRange> answers{}; ///< of a chat, under loss_on: assistant: the assistant's words in `whole`
    std::string question{}; ///< of a chat: what was asked, in JSON: rows that ask the same belong together

    std::string text() const { return isChat ? whole : prompt + completion; }
};

} // namespace falconer
