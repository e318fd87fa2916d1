// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace falconer {

class Tokenizer;

struct ChatMessage {
    std::string role; ///< "system", "user" or "assistant"
    std::string content;
};

/// The conversation as the text that the model answers to, the start of the assistant's turn included: a prompt for
/// generate() with options.addSpecial false. `setting` is the recipe's data.template: "auto" is the model's own one.
/// Throws requestInvalid when there is none, and what findChatTemplate() and ChatTemplate::render() throw.
std::string renderChat(
    const Tokenizer& tokenizer, std::span<const ChatMessage> messages, const std::string& setting = "auto");

} // namespace falconer
