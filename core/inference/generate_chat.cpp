// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate_chat.h"

#include "core/base/error.h"
#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"

#include <optional>

namespace falconer {

std::string renderChat(const Tokenizer& tokenizer, std::span<const ChatMessage> messages, const std::string& setting)
{
    const std::optional<ChatTemplate> chat = findChatTemplate(setting, tokenizer);
    if (!chat)
        throw Error(ErrorCode::requestInvalid, "chat template",
            setting == "auto" ? "the model has none" : "data.template says that there is none",
            "name one, as in data.template=chatml, or give the prompt as plain text");
    nlohmann::ordered_json context = tokenVariables(tokenizer);
    context["add_generation_prompt"] = true;
    context["messages"] = nlohmann::ordered_json::array();
    for (const ChatMessage& message : messages)
        context["messages"].push_back({{"role", message.role}, {"content", message.content}});
    return chat->render(context).text;
}

} // namespace falconer
