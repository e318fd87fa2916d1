// SPDX-License-Identifier: Apache-2.0
#include "core/text/added_tokens.h"

#include "core/text/unicode.h"

#include <algorithm>

namespace falconer {
namespace {

bool endsWithWord(std::string_view text)
{
    std::size_t at = text.size();
    return !text.empty() && unicode::is(unicode::previous(text, at), unicode::kRegexWord);
}

bool startsWithWord(std::string_view text)
{
    std::size_t at = 0;
    return !text.empty() && unicode::is(unicode::next(text, at), unicode::kRegexWord);
}

/// Where the blanks at the end of text[least, end) begin.
std::size_t blanksBefore(std::string_view text, std::size_t end, std::size_t least)
{
    while (end > least) {
        std::size_t at = end;
        if (!unicode::is(unicode::previous(text, at), unicode::kRegexSpace))
            break;
        end = at;
    }
    return end;
}

std::size_t blanksAfter(std::string_view text, std::size_t begin)
{
    while (begin < text.size()) {
        std::size_t at = begin;
        if (!unicode::is(unicode::next(text, at), unicode::kRegexSpace))
            break;
        begin = at;
    }
    return begin;
}

} // namespace

std::uint32_t TokenTrie::childOf(std::uint32_t node, unsigned char byte) const
{
    std::uint32_t child = m_nodes[node].child;
    while (child != 0 && m_nodes[child].byte != byte)
        child = m_nodes[child].sibling;
    return child;
}

void TokenTrie::add(std::string_view text, std::int32_t id)
{
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        std::uint32_t child = i == 0 ? m_roots[byte] : childOf(node, byte);
        if (child == 0) {
            child = static_cast<std::uint32_t>(m_nodes.size());
            m_nodes.push_back({-1, 0, i == 0 ? 0 : m_nodes[node].child, byte});
            (i == 0 ? m_roots[byte] : m_nodes[node].child) = child;
        }
        node = child;
    }
    if (node != 0)
        m_nodes[node].id = id;
}

std::optional<TokenTrie::Hit> TokenTrie::find(std::string_view text, std::size_t from) const
{
    if (m_nodes.size() == 1)
        return std::nullopt;
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        std::optional<Hit> longest;
        std::uint32_t node = m_roots[static_cast<unsigned char>(text[begin])];
        for (std::size_t at = begin; node != 0;) {
            if (m_nodes[node].id >= 0)
                longest = Hit{begin, at + 1, m_nodes[node].id};
            if (++at == text.size())
                break;
            node = childOf(node, static_cast<unsigned char>(text[at]));
        }
        if (longest)
            return longest;
    }
    return std::nullopt;
}

void AddedTokens::add(const std::vector<AddedToken>& tokens, const Vocabulary& model, const Normalize& normalize)
{
    const auto modelCount = static_cast<std::int32_t>(model.count());
    std::int32_t next = std::max(m_size, modelCount);
    for (const AddedToken& token : tokens) {
        if (token.content.empty())
            continue;
        std::int32_t id;
        if (const auto own = find(token.content))
            id = *own;
        else if (const auto models = model.find(token.content))
            id = *models;
        else
            id = next++;
        if (token.normalized && normalize) {
            std::string form = normalize(token.content);
            if (form != token.content)
                m_forms[id] = std::move(form);
        }
        m_ids[token.content] = id;
        if (token.special)
            m_special.insert(token.content);
        m_tokens[id] = token;
        m_size = std::max(m_size, id + 1);
    }
    m_raw = {};
    m_normalizedForms = {};
    for (const auto& [id, token] : m_tokens)
        (token.normalized ? m_normalizedForms : m_raw).add(token.normalized ? *form(id) : token.content, id);
}

std::optional<std::int32_t> AddedTokens::find(std::string_view content) const
{
    const auto entry = m_ids.find(content);
    return entry == m_ids.end() ? std::nullopt : std::optional(entry->second);
}

const std::string* AddedTokens::content(std::int32_t id) const
{
    const auto token = m_tokens.find(id);
    return token == m_tokens.end() ? nullptr : &token->second.content;
}

const std::string* AddedTokens::form(std::int32_t id) const
{
    const auto form = m_forms.find(id);
    return form == m_forms.end() ? content(id) : &form->second;
}

std::vector<AddedTokens::Segment> AddedTokens::split(std::string_view text, const TokenTrie& trie) const
{
    std::vector<Segment> segments;
    std::size_t done = 0;
    std::size_t from = 0;
    std::size_t blankBegin = 0; // a run of blanks measured before
    std::size_t blankEnd = 0;
    while (const auto hit = trie.find(text, from)) {
        from = hit->end; // also where the hit is dropped: hits never overlap
        const AddedToken& token = m_tokens.at(hit->id);
        std::size_t begin = hit->begin;
        std::size_t end = hit->end;
        if (token.singleWord && (endsWithWord(text.substr(0, begin)) || startsWithWord(text.substr(end))))
            continue;
        if (token.leftStrip)
            begin = std::max(blanksBefore(text, begin, done), done);
        if (token.rightStrip) {
            // Tokens may be blanks themselves, found again inside what an earlier one swallowed.
            if (end < blankBegin || end > blankEnd) {
                blankBegin = end;
                blankEnd = blanksAfter(text, end);
            }
            end = blankEnd;
        }
        if (done < begin)
            segments.push_back({done, begin, std::nullopt});
        segments.push_back({begin, end, hit->id});
        done = end;
    }
    if (done != text.size())
        segments.push_back({done, text.size(), std::nullopt});
    return segments;
}

} // namespace falconer
