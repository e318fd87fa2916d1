// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/metrics_model.h"
#include "ui/widgets/card.h"

#include <memory>
#include <vector>

namespace falconer::ui {

class ChartTools;
class Plot;
struct PlotReading;

enum class BandKind { watch, overfitting };

/// A stretch of the run that the sentinel judged, in steps.
struct Band {
    std::int64_t from = 0;
    std::int64_t to = 0; ///< at or before `from`: up to the newest step
    BandKind kind = BandKind::watch;
};

/// The loss of one run as a card: tools (what x counts, smoothing, log scale, outliers, fit, export), legend, and the
/// chart with training (raw and smoothed), validation, best, checkpoints, epochs and the sentinel's bands. A strip that
/// belongs below the chart may be added to body(). Keys, with the chart focused: arrows move the crosshair (Shift: ten
/// points), + and - zoom, 0 fits, B goes to the best, L toggles the log scale, T asks for the table.
class LossPanel : public Card {
    Q_OBJECT

public:
    explicit LossPanel(QWidget* parent = nullptr);
    ~LossPanel() override;

    /// Not owned; may be null. The panel smooths through it (MetricsModel::setSmoothing), so that tiles and table show
    /// what the chart shows.
    void setMetrics(MetricsModel* metrics);
    /// Fixes the end of the x axis, so that the curves grow into free room; 0: unknown.
    void setTotalSteps(std::int64_t steps);
    /// Ascending. Shown from the next refresh() on.
    void setBands(std::vector<Band> bands);
    /// Takes up what the model has gained and draws; O(new points). At most ten times a second. A view that the user
    /// has moved stays where it is.
    void refresh();

    Plot* plot() const;
    ChartTools* tools() const;

Q_SIGNALS:
    /// The user wants the numbers as a table (T, or the menu).
    void tableRequested();

private:
    struct Parts;
    void rebuild();
    void takeNew();
    void drawMarks();
    PlotReading reading(double x) const;
    void describe();

    std::unique_ptr<Parts> m_parts;
};

} // namespace falconer::ui
