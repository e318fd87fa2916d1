// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_curve.h"
#include "ui/widgets/card.h"

#include <memory>
#include <vector>

namespace falconer::ui {

class ChartTools;
class OverlayModel;
class Plot;
struct PlotReading;

/// Up to kMaxOverlayRuns runs' losses on one axis as a card: the palette for several runs with its dashes, a best mark
/// each, and the tools of the loss chart. The keys are those of LossPanel.
class OverlayChart : public Card {
    Q_OBJECT

public:
    explicit OverlayChart(QWidget* parent = nullptr);
    ~OverlayChart() override;

    /// The first kMaxOverlayRuns are drawn; run i has runLook(i).
    void setRuns(std::vector<RunCurve> runs);
    /// Draws run `index` stronger and the others fainter; -1: all alike.
    void highlight(int index);

    /// The drawn validation losses by step: the chart as a table.
    OverlayModel* table() const;
    Plot* plot() const;
    ChartTools* tools() const;

Q_SIGNALS:
    /// The mouse or the focus is on a legend entry; -1: on none.
    void highlighted(int index);
    void tableRequested();

private:
    struct Parts;
    void rebuild();
    PlotReading reading(double x) const;
    void describe();

    std::unique_ptr<Parts> m_parts;
};

} // namespace falconer::ui
