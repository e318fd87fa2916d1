// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/vocabulary.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace falconer {

/// One entry of "added_tokens": found in the text before the model sees it.
struct AddedToken {
    std::string content;
    bool singleWord = false; ///< only where no word character stands beside it
    bool leftStrip = false; ///< swallows the blanks before it
    bool rightStrip = false; ///< swallows the blanks behind it
    bool normalized = false; ///< searched in normalized text, in its normalized form
    bool special = false; ///< left out by decode(…, skipSpecial)
};

/// Strings with ids, searched leftmost and longest, without overlap.
class TokenTrie {
public:
    struct Hit {
        std::size_t begin;
        std::size_t end;
        std::int32_t id;
    };

    void add(std::string_view text, std::int32_t id);
    std::optional<Hit> find(std::string_view text, std::size_t from) const;

private:
    // First child and next sibling: 16 bytes for a byte of text, so that no file can make it explode.
    struct Node {
        std::int32_t id = -1;
        std::uint32_t child = 0; // 0: none
        std::uint32_t sibling = 0;
        unsigned char byte = 0;
    };
    std::uint32_t childOf(std::uint32_t node, unsigned char byte) const;

    std::vector<Node> m_nodes = std::vector<Node>(1); // the first one is never used, its index says "none"
    std::array<std::uint32_t, 256> m_roots{};
};

/// The added tokens of a tokenizer (added_vocabulary.rs of the reference).
class AddedTokens {
public:
    /// Longer contents are refused by who reads them: every place of a text may be compared with all of one.
    static constexpr std::size_t kLongestContent = 4096;

    using Normalize = std::function<std::string(std::string_view)>;

    /// A stretch of the searched text: an added token, or text in between (no id).
    struct Segment {
        std::size_t begin;
        std::size_t end;
        std::optional<std::int32_t> id;
    };

    /// Adds tokens in order. One whose content the model or an earlier token knows takes that id, any other the next
    /// free one: that is the reference's rule, whatever id the file writes. `normalize` may be empty.
    void add(const std::vector<AddedToken>& tokens, const Vocabulary& model, const Normalize& normalize);

    std::vector<Segment> split(std::string_view text) const { return split(text, m_raw); }
    std::vector<Segment> splitNormalized(std::string_view text) const { return split(text, m_normalizedForms); }

    std::optional<std::int32_t> find(std::string_view content) const;
    /// nullptr for an id that is not an added token's.
    const std::string* content(std::int32_t id) const;
    /// The content as it is looked for and decoded: normalized where the token says so.
    const std::string* form(std::int32_t id) const;
    bool isSpecial(std::string_view content) const { return m_special.contains(std::string(content)); }
    /// One past the largest id; 0 without tokens.
    std::int32_t size() const { return m_size; }

private:
    std::vector<Segment> split(std::string_view text, const TokenTrie& trie) const;

    TextMap<std::int32_t> m_ids;
    std::map<std::int32_t, AddedToken> m_tokens;
    std::unordered_map<std::int32_t, std::string> m_forms; // only where normalizing changed the content
    std::unordered_set<std::string> m_special;
    TokenTrie m_raw;
    TokenTrie m_normalizedForms;
    std::int32_t m_size = 0;
};

} // namespace falconer
