// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_folder.h"
#include "ui/models/run_curve.h"

#include <QAbstractTableModel>
#include <QPointF>

#include <functional>
#include <optional>
#include <vector>

namespace falconer::ui {

/// What a loss chart draws, by step. Values that are no number are left out.
struct LossCurves {
    std::vector<QPointF> raw;
    std::vector<QPointF> smoothed;
    std::vector<QPointF> validation;
    std::vector<QPointF> checkpoints; ///< y is unused
    std::optional<QPointF> best;
};

/// The numbers of one run, a row for each step that was trained or evaluated: the table behind the chart. The training
/// loss is smoothed here, so that chart, tiles and table show the same value.
class MetricsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        stepColumn,
        epochColumn,
        lossColumn,
        smoothedColumn,
        validationColumn,
        gradNormColumn,
        learningRateColumn,
        tokensPerSecondColumn,
        columns
    };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void append(const std::vector<StepMetrics>& steps);
    /// An evaluation belongs to the row of its step, which is made when there was none (step 0, before training).
    void append(const EvalMetrics& eval, bool best);
    void addCheckpoint(std::int64_t step);
    /// What a resumed run had recorded before.
    void load(const MetricsHistory& history);

    /// By step, in step order. Only grows until clear() or setSmoothing().
    const LossCurves& curves() const { return m_curves; }
    /// Share of the old value in each new one of the smoothed training loss, as TensorBoard's slider counts it: 0 to
    /// 0.99. Setting it smooths the whole run anew.
    double smoothing() const { return m_smoothing; }
    void setSmoothing(double smoothing);
    /// Where a step lies on an axis: of a recorded one what was recorded, between two in between, beyond the newest as
    /// the run went so far. Never goes back as steps grow.
    double xAt(double step, XAxis axis) const;
    /// The step at a place of an axis: the inverse of xAt().
    double stepAt(double x, XAxis axis) const;
    /// The place of point `index` of curves().raw and curves().smoothed.
    double xOf(std::size_t index, XAxis axis) const { return m_places[index].x(axis); }
    /// Writes every row as comma-separated values with a header. What it gives is a copy and may run in another thread.
    std::function<QByteArray()> csv() const;
    std::optional<StepMetrics> lastStep() const;
    std::optional<double> lastSmoothed() const;
    std::optional<EvalMetrics> lastEval() const { return m_lastEval; }
    std::optional<EvalMetrics> best() const { return m_best; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// The smoothed curve is another one, at every step.
    void smoothingChanged();

private:
    struct Row {
        std::int64_t step = 0;
        std::optional<StepMetrics> metrics;
        std::size_t smoothed = 0; ///< how many points of m_curves.smoothed there were with it; the last is its own
        std::optional<double> validation;
    };

    double smooth(double loss);
    QString text(const Row& row, Column column) const;

    std::vector<Row> m_rows; ///< ascending steps
    LossCurves m_curves;
    std::vector<CurvePoint> m_places; ///< of curves().raw
    std::optional<EvalMetrics> m_lastEval;
    std::optional<EvalMetrics> m_best;
    double m_smoothing = 0.85;
    double m_average = 0; ///< exponential moving average before its bias is divided out
    double m_weight = 0; ///< sum of the average's weights so far
};

} // namespace falconer::ui
