// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>

#include <cstddef>
#include <vector>

namespace falconer::ui {

/// At most this many points of a series reach the chart; more than its pixels show nothing more and cost time.
inline constexpr std::size_t kMaxChartPoints = 800;

/// `points` (ascending x) thinned to at most `limit` (at least 4): the first, the last, and of each stretch between
/// them the lowest and the highest in their order, so that no spike is lost.
QList<QPointF> decimate(const std::vector<QPointF>& points, std::size_t limit = kMaxChartPoints);

} // namespace falconer::ui
