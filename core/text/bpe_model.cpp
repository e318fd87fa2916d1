// SPDX-License-Identifier: Apache-2.0
#include "core/text/bpe_model.h"

#include "core/base/error.h"
#include "core/text/unicode.h"

#include <array>
#include <atomic>
#include <queue>

namespace falconer {
namespace {

std::atomic<std::uint64_t> nextSerial{1};

// Words repeat: most pieces of a text are found here. One cache a thread needs no lock; it serves one model at a time,
// which is what a thread works with.
struct PieceCache {
    static constexpr std::size_t kPieces = 1 << 16;
    static constexpr std::size_t kLongestPiece = 64;

    std::uint64_t owner = 0;
    TextMap<std::vector<std::int32_t>> ids;
};

struct Candidate {
    std::uint32_t rank;
    std::int32_t position;
    std::int32_t id;

    // Lowest rank first, then leftmost: std::priority_queue hands out the largest.
    bool operator<(const Candidate& other) const
    {
        return rank != other.rank ? rank > other.rank : position > other.position;
    }
};

} // namespace

BpeModel::BpeModel(Vocabulary vocabulary, const Merges& merges, const Options& options, const std::string& source)
    : m_vocabulary(std::move(vocabulary))
    , m_options(options)
    , m_serial(nextSerial.fetch_add(1))
{
    const auto idOf = [&](const std::string& piece, std::size_t rank) {
        const auto id = m_vocabulary.find(piece);
        if (!id)
            throw Error(ErrorCode::fileMalformed, source,
                "merge " + std::to_string(rank) + " needs the token \"" + piece + "\", which the vocabulary lacks",
                "get the tokenizer's files again");
        return *id;
    };
    m_merges.reserve(merges.size());
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const auto& [left, right] = merges[rank];
        const std::uint64_t key = pairKey(idOf(left, rank), idOf(right, rank));
        m_merges[key] = {static_cast<std::uint32_t>(rank), idOf(left + right, rank)};
    }
    if (m_options.unknown) {
        m_unknown = m_vocabulary.find(*m_options.unknown);
        if (!m_unknown)
            throw Error(ErrorCode::fileMalformed, source,
                "the unknown token \"" + *m_options.unknown + "\" is not in the vocabulary",
                "get the tokenizer's files again");
    }
}

const BpeModel::Merge* BpeModel::mergeOf(std::int32_t left, std::int32_t right) const
{
    const auto found = m_merges.find(pairKey(left, right));
    return found == m_merges.end() ? nullptr : &found->second;
}

bool BpeModel::appendFallback(std::string_view character, std::vector<std::int32_t>& ids) const
{
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    const std::size_t before = ids.size();
    for (const char c : character) {
        const auto byte = static_cast<unsigned char>(c);
        const std::string name = {'<', '0', 'x', kDigits[byte >> 4], kDigits[byte & 15], '>'};
        const auto id = m_vocabulary.find(name);
        if (!id) {
            ids.resize(before);
            return false;
        }
        ids.push_back(*id);
    }
    return true;
}

std::vector<BpeModel::Symbol> BpeModel::symbols(std::string_view piece) const
{
    std::vector<std::int32_t> ids;
    ids.reserve(piece.size());
    bool pendingUnknown = false; // the reference holds an unknown back until a known character follows
    const auto flush = [&] {
        if (pendingUnknown)
            ids.push_back(*m_unknown);
        pendingUnknown = false;
    };
    for (std::size_t at = 0; at < piece.size();) {
        const std::size_t start = at;
        unicode::next(piece, at);
        const std::string_view character = piece.substr(start, at - start);
        if (const auto id = m_vocabulary.find(character)) {
            flush();
            ids.push_back(*id);
        } else if (m_options.byteFallback && appendFallback(character, ids)) {
            continue; // without flush(), as the reference does it
        } else if (m_unknown) {
            if (!m_options.fuseUnknown)
                flush();
            pendingUnknown = true;
        }
    }
    flush();

    std::vector<Symbol> word(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto position = static_cast<std::int32_t>(i);
        word[i] = {ids[i], position - 1, i + 1 < ids.size() ? position + 1 : -1, true};
    }
    return word;
}

void BpeModel::mergeAll(std::vector<Symbol>& word) const
{
    std::vector<Candidate> storage;
    storage.reserve(word.size());
    std::priority_queue<Candidate> queue(std::less<Candidate>{}, std::move(storage));
    const auto propose = [&](std::int32_t left, std::int32_t right) {
        if (left < 0 || right < 0)
            return;
        const auto& l = word[static_cast<std::size_t>(left)];
        const auto& r = word[static_cast<std::size_t>(right)];
        if (const Merge* merge = mergeOf(l.id, r.id))
            queue.push({merge->rank, left, merge->id});
    };
    for (std::size_t i = 0; i + 1 < word.size(); ++i)
        propose(static_cast<std::int32_t>(i), static_cast<std::int32_t>(i + 1));

    while (!queue.empty()) {
        const Candidate best = queue.top();
        queue.pop();
        Symbol& left = word[static_cast<std::size_t>(best.position)];
        if (!left.alive || left.next < 0)
            continue;
        Symbol& right = word[static_cast<std::size_t>(left.next)];
        // An entry is stale when its neighbours have been merged with others; what counts is the token that comes out.
        const Merge* merge = mergeOf(left.id, right.id);
        if (!merge || merge->id != best.id)
            continue;
        left.id = best.id;
        left.next = right.next;
        right.alive = false;
        if (left.next >= 0)
            word[static_cast<std::size_t>(left.next)].previous = best.position;
        propose(left.previous, best.position);
        propose(best.position, left.next);
    }
}

std::vector<std::int32_t> BpeModel::encodeUncached(std::string_view piece) const
{
    std::vector<Symbol> word = symbols(piece);
    mergeAll(word);
    std::vector<std::int32_t> ids;
    for (const Symbol& symbol : word)
        if (symbol.alive)
            ids.push_back(symbol.id);
    return ids;
}

void BpeModel::encode(std::string_view piece, std::vector<std::int32_t>& ids) const
{
    if (piece.empty())
        return;
    if (m_options.ignoreMerges) {
        if (const auto whole = m_vocabulary.find(piece)) {
            ids.push_back(*whole);
            return;
        }
    }
    thread_local PieceCache cache;
    if (cache.owner != m_serial) {
        cache.ids.clear();
        cache.owner = m_serial;
    }
    if (const auto hit = cache.ids.find(piece); hit != cache.ids.end()) {
        ids.insert(ids.end(), hit->second.begin(), hit->second.end());
        return;
    }
    std::vector<std::int32_t> found = encodeUncached(piece);
    ids.insert(ids.end(), found.begin(), found.end());
    if (piece.size() <= PieceCache::kLongestPiece && cache.ids.size() < PieceCache::kPieces)
        cache.ids.emplace(piece, std::move(found));
}

} // namespace falconer
