// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"

#include <QChart>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QValueAxis>

#include <vector>

namespace falconer::ui {

/// The curves of a Plot as series of a chart without decoration: axes, grid and labels are the plot's own, because
/// QtCharts' logarithmic axis labels nothing but powers of its base and its axes lay out a document a label.
struct Plot::Charts {
    Charts();
    void add();
    void clear();
    int points(int line) const { return series[static_cast<std::size_t>(line)]->count(); }
    void setArea(const QSizeF& size, const QRectF& area);
    void setView(const PlotView& view);

    QGraphicsScene scene;
    QChart* chart = new QChart;
    QValueAxis* x = new QValueAxis;
    QValueAxis* y = new QValueAxis;
    std::vector<QLineSeries*> series; ///< the chart's
};

} // namespace falconer::ui
