// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/decimate.h"

#include <algorithm>

namespace falconer::ui {

QList<QPointF> decimate(const std::vector<QPointF>& points, std::size_t limit)
{
    if (points.size() <= limit)
        return QList<QPointF>(points.begin(), points.end());
    QList<QPointF> kept;
    kept.reserve(static_cast<qsizetype>(limit));
    kept << points.front();
    const std::size_t inner = points.size() - 2;
    const std::size_t stretches = (limit - 2) / 2;
    for (std::size_t i = 0; i < stretches; ++i) {
        const auto begin = points.begin() + 1 + static_cast<std::ptrdiff_t>(inner * i / stretches);
        const auto end = points.begin() + 1 + static_cast<std::ptrdiff_t>(inner * (i + 1) / stretches);
        auto [low, high]
            = std::minmax_element(begin, end, [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
        if (high < low)
            std::swap(low, high);
        kept << *low;
        if (high != low)
            kept << *high;
    }
    kept << points.back();
    return kept;
}

} // namespace falconer::ui
