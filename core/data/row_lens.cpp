// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_lens.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/token_ranges.h"

#include <algorithm>

namespace falconer {
namespace {

DataSettings withoutCut(DataSettings settings)
{
    settings.maxLength = DataSettings{}.maxLength;
    return settings;
}

/// Where the words of a conversation's messages begin and end in the text that a template made of them. Templates trim
/// what they are given, so the words are looked for without the blanks around them; what a template rewrote is passed
/// over.
std::vector<std::size_t> borders(const std::string& text, const nlohmann::ordered_json& messages)
{
    std::vector<std::size_t> found;
    std::size_t from = 0;
    for (const auto& message : messages) {
        const auto content = message.find("content");
        if (content == message.end() || !content->is_string())
            continue;
        std::string_view words = content->get_ref<const std::string&>();
        words.remove_prefix(std::min(words.find_first_not_of(" \t\r\n"), words.size()));
        words = words.substr(0, words.find_last_not_of(" \t\r\n") + 1);
        const std::size_t at = words.empty() ? std::string::npos : text.find(words, from);
        if (at == std::string::npos)
            continue;
        from = at + words.size();
        found.push_back(at);
        found.push_back(from);
    }
    return found;
}

void markBorders(LensRow& row, const nlohmann::ordered_json& messages, const Tokenizer& tokenizer)
{
    std::vector<std::int32_t> ids;
    for (const LensToken& token : row.tokens)
        ids.push_back(token.id);
    std::vector<ByteRange> ranges;
    try {
        ranges = tokenRanges(row.text, ids, tokenizer);
    } catch (const Error&) {
        return; // a tokenizer whose tokens cannot be laid over the text: the row is shown without seams
    }
    std::size_t token = 0;
    for (const std::size_t border : borders(row.text, messages)) {
        while (token < ranges.size() && ranges[token].end <= border)
            ++token;
        if (token > 0 && token < row.tokens.size())
            row.tokens[token].seam = true;
    }
}

} // namespace

RowLens::RowLens(const DataSettings& settings, const Tokenizer& tokenizer)
    : m_tokenizer(tokenizer)
    , m_columns(settings)
    , m_renderer(settings, tokenizer, {})
    , m_encoder(withoutCut(settings), tokenizer)
{
}

LensRow RowLens::look(const Row& row, RowFormat format, std::string_view file)
{
    const RowContent content = m_columns.content(row, format, file);
    const TextRow text = m_renderer.render(content, file);
    const EncodedRow encoded = m_encoder.encode(text);
    LensRow result;
    result.isChat = text.isChat;
    result.text = text.text();
    std::string pending; // bytes of a character that is not complete yet
    for (std::size_t i = 0; i < encoded.ids.size(); ++i) {
        LensToken token;
        token.id = encoded.ids[i];
        token.bytes = m_tokenizer.bytes(token.id);
        token.learned = encoded.learn[i] != 0;
        token.special = m_tokenizer.isSpecial(token.id);
        pending += token.bytes;
        const std::size_t whole = i + 1 == encoded.ids.size() ? pending.size() : completeUtf8Prefix(pending);
        token.text = toValidUtf8(std::string_view(pending).substr(0, whole));
        pending.erase(0, whole);
        result.tokens.push_back(std::move(token));
    }
    if (text.isChat) {
        markBorders(result, content.messages, m_tokenizer);
        return result;
    }
    if (text.hasPrompt && encoded.completionStart > 0 && encoded.completionStart < result.tokens.size())
        result.tokens[encoded.completionStart].seam = true;
    // The end of text that was appended is no part of the file's row.
    const auto eos = m_tokenizer.eos();
    if (eos && result.tokens.size() > 1 && result.tokens.back().id == *eos
        && !text.completion.ends_with(m_tokenizer.bytes(*eos)))
        result.tokens.back().seam = true;
    return result;
}

} // namespace falconer
