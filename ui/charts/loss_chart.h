// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/metrics_model.h"

#include <QWidget>

#include <memory>

namespace falconer::ui {

/// Training loss (raw and smoothed) and validation loss of one run on one axis, with the best evaluation and the
/// checkpoints. Draws what it is given, when it is told; call at most once a tick.
class LossChart : public QWidget {
    Q_OBJECT

public:
    explicit LossChart(QWidget* parent = nullptr);
    ~LossChart() override;

    /// `totalSteps` fixes the step axis, so that the curves grow into free room; 0: unknown.
    void show(const LossCurves& curves, std::int64_t totalSteps);
    using QWidget::show;

    /// What is drawn now, for tests: number of points after decimation.
    int rawPoints() const;
    int trainingPoints() const;
    int validationPoints() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Parts; ///< everything of QtCharts, so that no other file sees it
    void applyColors();
    void colorLabels();
    void placeBestLabel();
    void describe(const LossCurves& curves);

    std::unique_ptr<Parts> m_parts;
};

} // namespace falconer::ui
