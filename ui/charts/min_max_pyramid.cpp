// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/min_max_pyramid.h"

#include <algorithm>
#include <optional>

namespace falconer::ui {
namespace {

constexpr std::size_t kBlock = 8; ///< points of a block of the lowest level

/// The smallest number at or above `size` that is 4 to 7 times a power of two, so that a stretch consists of few
/// blocks.
std::size_t stretchSize(std::size_t size)
{
    std::size_t power = 0;
    while (size > (std::size_t(7) << power))
        ++power;
    return ((size + (std::size_t(1) << power) - 1) >> power) << power;
}

} // namespace

void MinMaxPyramid::clear()
{
    m_points.clear();
    m_levels.clear();
}

void MinMaxPyramid::widen(std::pair<std::size_t, std::size_t>& found, std::size_t low, std::size_t high) const
{
    if (m_points[low].y() < m_points[found.first].y())
        found.first = low;
    if (m_points[high].y() > m_points[found.second].y())
        found.second = high;
}

void MinMaxPyramid::append(QPointF point)
{
    if (!m_points.empty() && !(point.x() >= m_points.back().x()))
        point.setX(m_points.back().x());
    m_points.push_back(point);
    const std::size_t count = m_points.size();
    if (count % kBlock != 0)
        return;
    // Blocks are made when their last point comes; each level's pair makes one of the next.
    std::pair<std::size_t, std::size_t> found(count - kBlock, count - kBlock);
    for (std::size_t i = count - kBlock + 1; i < count; ++i)
        widen(found, i, i);
    std::size_t blocks = count / kBlock;
    for (std::size_t level = 0;; ++level) {
        if (level == m_levels.size())
            m_levels.emplace_back();
        m_levels[level].emplace_back(static_cast<std::uint32_t>(found.first), static_cast<std::uint32_t>(found.second));
        if (blocks % 2 != 0)
            return;
        const Extremes& left = m_levels[level][blocks - 2];
        std::pair<std::size_t, std::size_t> both(left.first, left.second);
        widen(both, found.first, found.second);
        found = both;
        blocks /= 2;
    }
}

std::size_t MinMaxPyramid::lowerBound(double x) const
{
    return static_cast<std::size_t>(std::lower_bound(m_points.begin(), m_points.end(), x,
                                        [](const QPointF& point, double value) { return point.x() < value; })
        - m_points.begin());
}

std::size_t MinMaxPyramid::nearest(double x) const
{
    const std::size_t after = lowerBound(x);
    if (after == 0)
        return 0;
    if (after == m_points.size() || x - m_points[after - 1].x() <= m_points[after].x() - x)
        return after - 1;
    return after;
}

std::pair<std::size_t, std::size_t> MinMaxPyramid::minMax(std::size_t begin, std::size_t end) const
{
    std::pair<std::size_t, std::size_t> found(begin, begin);
    for (std::size_t i = begin; i < end;) {
        // The largest block that begins here and lies inside.
        std::size_t size = 1;
        std::optional<std::size_t> level;
        for (std::size_t k = 0; k < m_levels.size() && i % (kBlock << k) == 0 && i + (kBlock << k) <= end; ++k) {
            level = k;
            size = kBlock << k;
        }
        if (level) {
            const Extremes& block = m_levels[*level][i / size];
            widen(found, block.first, block.second);
        } else {
            widen(found, i, i);
        }
        i += size;
    }
    return found;
}

QList<QPointF> MinMaxPyramid::thin(double from, double to, std::size_t limit) const
{
    std::size_t begin = lowerBound(from);
    begin -= begin > 0 ? 1 : 0;
    std::size_t end = lowerBound(to);
    while (end < m_points.size() && m_points[end].x() <= to && end - begin <= limit)
        ++end; // the few that share the last place
    end += end < m_points.size() ? 1 : 0;
    const std::size_t count = end - begin;
    if (count <= limit)
        return QList<QPointF>(m_points.data() + begin, m_points.data() + end);
    QList<QPointF> kept;
    kept.reserve(static_cast<qsizetype>(limit));
    std::size_t last = begin;
    kept << m_points[begin];
    const auto keep = [&](std::size_t index) {
        if (index > last)
            kept << m_points[last = index];
    };
    // Two a stretch and both ends; the outermost stretches may be parts of one.
    const std::size_t stretches = (limit - 2) / 2 - 1;
    const std::size_t size = stretchSize((count + stretches - 1) / stretches);
    for (std::size_t i = begin; i < end;) {
        const std::size_t next = std::min(end, (i / size + 1) * size);
        const auto [low, high] = minMax(i, next);
        keep(std::min(low, high));
        keep(std::max(low, high));
        i = next;
    }
    keep(end - 1);
    return kept;
}

std::vector<double> MinMaxPyramid::sample(std::size_t limit) const
{
    const std::size_t stride = std::max<std::size_t>(1, (m_points.size() + limit - 1) / limit);
    std::vector<double> values;
    values.reserve(m_points.size() / stride + 1);
    for (std::size_t i = 0; i < m_points.size(); i += stride)
        values.push_back(m_points[i].y());
    return values;
}

} // namespace falconer::ui
