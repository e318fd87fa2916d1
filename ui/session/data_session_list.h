// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace falconer::ui {

/// A list that grows at its end only and is shared by copying it: a copy costs a pointer for each piece, whatever is in
/// them, and does not see what the other gains later. Copies are made in the thread that appends; each may then be read
/// in any one thread.
template <typename T>
class SharedList {
public:
    static constexpr std::size_t kPiece = 4096;

    SharedList() = default;
    SharedList(const SharedList& other)
        : m_pieces(other.m_pieces)
        , m_size(other.m_size)
        , m_shared(true)
    {
        other.m_shared = true;
    }
    SharedList(SharedList&& other) noexcept
        : m_pieces(std::exchange(other.m_pieces, {}))
        , m_size(std::exchange(other.m_size, 0))
        , m_shared(other.m_shared)
    {
    }
    SharedList& operator=(SharedList other) noexcept
    {
        m_pieces.swap(other.m_pieces);
        m_size = other.m_size;
        m_shared = other.m_shared;
        return *this;
    }
    ~SharedList() = default;

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    const T& operator[](std::size_t index) const { return (*m_pieces[index / kPiece])[index % kPiece]; }

    void append(std::span<const T> items)
    {
        while (!items.empty()) {
            const std::size_t used = m_size % kPiece;
            if (used == 0)
                m_pieces.push_back(std::make_shared<std::vector<T>>());
            else if (m_shared) // whoever reads the last piece keeps it as it is
                m_pieces.back() = std::make_shared<std::vector<T>>(*m_pieces.back());
            m_shared = false;
            const std::size_t taken = std::min(items.size(), kPiece - used);
            m_pieces.back()->insert(
                m_pieces.back()->end(), items.begin(), items.begin() + static_cast<std::ptrdiff_t>(taken));
            m_size += taken;
            items = items.subspan(taken);
        }
    }
    void clear() { *this = SharedList(); }

private:
    std::vector<std::shared_ptr<std::vector<T>>> m_pieces; // all but the last are full and never change
    std::size_t m_size = 0;
    mutable bool m_shared = false; // the last piece may be another's too
};

} // namespace falconer::ui
