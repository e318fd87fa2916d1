// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace falconer::ui {

/// At most this many points of a series reach the chart; more than its pixels show nothing more and cost time.
inline constexpr std::size_t kMaxChartPoints = 800;

/// A growing curve that can be thinned to the pixels of any stretch of it in time that does not depend on its length:
/// beside the points it keeps where the lowest and the highest of every 8, 16, 32 … points are. Appending is O(1).
class MinMaxPyramid {
public:
    void clear();
    /// An x below the newest one is taken for the newest one. y must be finite.
    void append(QPointF point);

    std::size_t size() const { return m_points.size(); }
    bool empty() const { return m_points.empty(); }
    const std::vector<QPointF>& points() const { return m_points; }
    const QPointF& operator[](std::size_t index) const { return m_points[index]; }

    /// First point at or beyond `x`; size() when there is none.
    std::size_t lowerBound(double x) const;
    /// The point nearest to `x`; there must be one.
    std::size_t nearest(double x) const;
    /// Indices of the lowest and the highest point of [begin, end), which must not be empty.
    std::pair<std::size_t, std::size_t> minMax(std::size_t begin, std::size_t end) const;

    /// The points of [from, to] and one beyond at each end, at most `limit` (at least 16): where there are more, of
    /// each of equally many neighbours the lowest and the highest, so that no spike is lost. What neighbours are does
    /// not depend on `from`, so that nothing flickers while the view is dragged.
    QList<QPointF> thin(double from, double to, std::size_t limit = kMaxChartPoints) const;

    /// At most `limit` y values of all points, evenly spread: enough to estimate a percentile.
    std::vector<double> sample(std::size_t limit) const;

private:
    using Extremes = std::pair<std::uint32_t, std::uint32_t>;
    void widen(std::pair<std::size_t, std::size_t>& found, std::size_t low, std::size_t high) const;

    std::vector<QPointF> m_points;
    std::vector<std::vector<Extremes>> m_levels; ///< of complete blocks of 8, 16, 32 … points
};

} // namespace falconer::ui
