// SPDX-License-Identifier: Apache-2.0
#include "core/text/vocabulary.h"

#include <utility>

namespace falconer {

void Vocabulary::add(std::string piece, std::int32_t id)
{
    const auto index = static_cast<std::size_t>(id);
    if (index >= m_pieces.size())
        m_pieces.resize(index + 1, nullptr);
    const auto [entry, isNew] = m_ids.try_emplace(std::move(piece), id);
    if (!isNew) {
        const auto old = static_cast<std::size_t>(entry->second);
        if (m_pieces[old] == &entry->first)
            m_pieces[old] = nullptr;
        entry->second = id;
    }
    m_pieces[index] = &entry->first;
}

std::optional<std::int32_t> Vocabulary::find(std::string_view piece) const
{
    const auto entry = m_ids.find(piece);
    return entry == m_ids.end() ? std::nullopt : std::optional(entry->second);
}

const std::string* Vocabulary::piece(std::int32_t id) const
{
    return id >= 0 && id < size() ? m_pieces[static_cast<std::size_t>(id)] : nullptr;
}

} // namespace falconer
