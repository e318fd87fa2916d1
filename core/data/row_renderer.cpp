// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_renderer.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {
namespace {

using nlohmann::ordered_json;

bool isAnswer(const ordered_json& message) { return message["role"] == "assistant"; }

/// One conversation under one template.
class Chat {
public:
    Chat(const ChatTemplate& chatTemplate, const ordered_json& variables, const RenderOptions& options,
        const RowContent& content, std::string where)
        : m_template(chatTemplate)
        , m_options(options)
        , m_messages(content.messages)
        , m_context(variables)
        , m_where(std::move(where))
    {
        if (!content.tools.is_null() && !content.tools.empty())
            m_context["tools"] = content.tools;
        for (const auto& [key, value] : content.variables.items())
            m_context[key] = value;
    }

    RenderedChat render(std::size_t messages, bool generationPrompt)
    {
        m_context["messages"]
            = ordered_json(m_messages.begin(), m_messages.begin() + static_cast<std::ptrdiff_t>(messages));
        m_context["add_generation_prompt"] = generationPrompt;
        try {
            return m_template.render(m_context, m_options);
        } catch (const Error& error) {
            const Fault& fault = error.faults().front();
            if (fault.code != ErrorCode::dataInvalid)
                throw;
            refuse(fmt::format("the chat template refuses the row: {} ({})", fault.problem, fault.subject),
                "correct the row, name another template in data.template, or set data.on_bad_row to skip");
        }
    }

    /// Where a template marks nothing: an answer is what its message adds to the text before it, and the text before it
    /// is what the model is given to answer.
    std::vector<ByteRange> answersByPrefix(std::string_view whole)
    {
        std::vector<ByteRange> answers;
        for (std::size_t i = 0; i < m_messages.size(); ++i) {
            if (!isAnswer(m_messages[i]))
                continue;
            const std::string before = i == 0 ? std::string() : render(i, true).text;
            const std::string behind = i + 1 == m_messages.size() ? std::string(whole) : render(i + 1, false).text;
            if (!whole.starts_with(behind) || !behind.starts_with(before))
                refuse(fmt::format("the assistant's words of message {} cannot be told apart: the chat template has no "
                                   "{{% generation %}} mark, and renders a conversation otherwise when it goes on",
                           i + 1),
                    "name a template that marks them in data.template, or set data.loss_on to all");
            answers.push_back({before.size(), behind.size()});
        }
        return answers;
    }

    [[noreturn]] void refuse(std::string problem, std::string fix) const
    {
        throw Error(ErrorCode::dataInvalid, m_where, std::move(problem), std::move(fix));
    }

private:
    const ChatTemplate& m_template;
    const RenderOptions& m_options;
    const ordered_json& m_messages;
    ordered_json m_context;
    std::string m_where;
};

/// What was asked first: rows with the same question must not stand on both sides of the split.
std::string questionOf(const RowContent& content)
{
    std::size_t count = content.promptMessages;
    if (!content.hasPrompt)
        count = static_cast<std::size_t>(std::ranges::find_if(content.messages, isAnswer) - content.messages.begin());
    ordered_json question = ordered_json::array();
    for (std::size_t i = 0; i < (count == 0 ? content.messages.size() : count); ++i)
        question.push_back(content.messages[i]);
    return question.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace

RowRenderer::RowRenderer(const DataSettings& settings, const Tokenizer& tokenizer, std::optional<std::tm> now)
    : m_tokenizer(tokenizer)
    , m_setting(settings.templateName)
    , m_assistantOnly(settings.lossOn == "assistant")
    , m_variables(tokenVariables(tokenizer))
{
    m_options.now = now;
    // The model's own is looked at when a row needs it: texts must train also where it cannot be read.
    if (m_setting != "auto" && m_setting != "none")
        m_template = findChatTemplate(m_setting, tokenizer);
}

const ChatTemplate& RowRenderer::need(std::string_view file)
{
    if (!m_template && m_setting == "auto")
        m_template = findChatTemplate(m_setting, m_tokenizer);
    if (!m_template)
        throw Error(ErrorCode::recipeInvalid, "data.template",
            fmt::format("the rows of {} are conversations, which need a chat template, {}", file,
                m_setting == "none" ? "and this key says none" : "and the model has none of its own"),
            m_setting == "none" ? "use auto, a name such as chatml, or a file" : "name one, such as chatml, or a file");
    return *m_template;
}

TextRow RowRenderer::render(const RowContent& content, std::string_view file)
{
    if (content.isConversation)
        return renderChat(content, file);
    if (m_assistantOnly && !content.hasPrompt)
        throw Error(ErrorCode::recipeInvalid, "data.loss_on",
            fmt::format("the rows of {} are plain text, in which there is no assistant", file), "use all");
    TextRow row;
    row.line = content.line;
    row.unit = content.unit;
    row.hasPrompt = content.hasPrompt;
    row.prompt = content.prompt;
    row.completion = content.completion;
    return row;
}

TextRow RowRenderer::renderChat(const RowContent& content, std::string_view file)
{
    const ChatTemplate& chatTemplate = need(file);
    Chat chat(chatTemplate, m_variables, m_options, content, place(file, content.line, content.unit));
    RenderedChat whole = chat.render(content.messages.size(), false);
    if (whole.text.find_first_not_of(" \t\r\n") == std::string::npos)
        chat.refuse("the chat template renders nothing of the row",
            "name another template in data.template, or set data.on_bad_row to skip");

    TextRow row;
    row.line = content.line;
    row.unit = content.unit;
    row.hasPrompt = content.hasPrompt;
    row.isChat = true;
    row.question = questionOf(content);
    if (content.hasPrompt)
        row.prompt = chat.render(content.promptMessages, true).text;
    const auto differ = std::mismatch(row.prompt.begin(), row.prompt.end(), whole.text.begin(), whole.text.end());
    row.completion.assign(differ.second, whole.text.end());
    if (m_assistantOnly)
        row.answers = chatTemplate.marksGeneration() ? std::move(whole.generated) : chat.answersByPrefix(whole.text);
    row.whole = std::move(whole.text);
    return row;
}

} // namespace falconer
