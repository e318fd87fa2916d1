// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace falconer {

/// Hash that finds a std::string key by std::string_view without a copy.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// Pieces and their ids, both ways.
class Vocabulary {
public:
    /// Ids index a table, so a hostile file must not be able to ask for an endless one.
    static constexpr std::int64_t kLargestId = (1 << 24) - 1;

    Vocabulary() = default;
    Vocabulary(Vocabulary&&) = default;
    Vocabulary& operator=(Vocabulary&&) = default;

    /// A piece that is there already gets the new id. `id` lies in [0, kLargestId]: callers check.
    void add(std::string piece, std::int32_t id);
    std::optional<std::int32_t> find(std::string_view piece) const;
    /// nullptr for an id without a piece.
    const std::string* piece(std::int32_t id) const;
    /// Distinct pieces.
    std::size_t count() const { return m_ids.size(); }
    /// One past the largest id.
    std::int32_t size() const { return static_cast<std::int32_t>(m_pieces.size()); }

private:
    TextMap<std::int32_t> m_ids; // nodes stay where they are, so m_pieces may point at the keys
    std::vector<const std::string*> m_pieces;
};

} // namespace falconer
