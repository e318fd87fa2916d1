// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/vocabulary.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace falconer {

/// The model section "BPE" of a tokenizer.json: merges the two neighbours of lowest rank until none can be merged.
class BpeModel {
public:
    struct Options {
        std::optional<std::string> unknown; ///< unk_token: stands for a character that the vocabulary lacks
        bool fuseUnknown = false; ///< consecutive unknown characters become one token
        bool byteFallback = false; ///< <0x0A> tokens stand for the bytes of an unknown character
        bool ignoreMerges = false; ///< a piece that is itself in the vocabulary is not taken apart
    };
    using Merges = std::vector<std::pair<std::string, std::string>>;

    /// Throws fileMalformed (subject `source`) when a merge or the unknown token is not in the vocabulary.
    BpeModel(Vocabulary vocabulary, const Merges& merges, const Options& options, const std::string& source);

    /// Appends the ids of one pre-tokenized piece of well-formed UTF-8. A character without any token is left out, as
    /// the reference does. Results of short pieces are kept per thread.
    void encode(std::string_view piece, std::vector<std::int32_t>& ids) const;

    const Vocabulary& vocabulary() const { return m_vocabulary; }

private:
    struct Merge {
        std::uint32_t rank;
        std::int32_t id;
    };
    struct Symbol {
        std::int32_t id;
        std::int32_t previous;
        std::int32_t next;
        bool alive;
    };

    static std::uint64_t pairKey(std::int32_t left, std::int32_t right)
    {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 | static_cast<std::uint32_t>(right);
    }
    struct PairHash {
        std::size_t operator()(std::uint64_t key) const { return (key ^ key >> 29) * 0x9E3779B97F4A7C15U; }
    };

    const Merge* mergeOf(std::int32_t left, std::int32_t right) const;
    std::vector<Symbol> symbols(std::string_view piece) const;
    bool appendFallback(std::string_view character, std::vector<std::int32_t>& ids) const;
    void mergeAll(std::vector<Symbol>& word) const;
    std::vector<std::int32_t> encodeUncached(std::string_view piece) const;

    Vocabulary m_vocabulary;
    std::unordered_map<std::uint64_t, Merge, PairHash> m_merges;
    Options m_options;
    std::optional<std::int32_t> m_unknown;
    std::uint64_t m_serial; // names this model in the per-thread caches; an address could be reused
};

} // namespace falconer
