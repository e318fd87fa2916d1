// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/metrics_model.h"

#include "ui/text/numbers.h"

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

/// Share of the old value in each new one, as TensorBoard's slider counts it.
constexpr double kSmoothing = 0.85;

} // namespace

void MetricsModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_curves = {};
    m_lastEval.reset();
    m_best.reset();
    m_average = m_weight = 0;
    endResetModel();
}

std::optional<double> MetricsModel::smooth(double loss)
{
    if (std::isfinite(loss)) {
        m_average = kSmoothing * m_average + (1 - kSmoothing) * loss;
        m_weight = kSmoothing * m_weight + (1 - kSmoothing);
    }
    if (m_weight == 0)
        return {};
    return m_average / m_weight;
}

void MetricsModel::append(const std::vector<StepMetrics>& steps)
{
    if (steps.empty())
        return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(steps.size()) - 1);
    for (const StepMetrics& metrics : steps) {
        const auto smoothedLoss = smooth(metrics.loss);
        m_rows.push_back({metrics.step, metrics, smoothedLoss, {}});
        if (!std::isfinite(metrics.loss))
            continue;
        m_curves.raw.emplace_back(double(metrics.step), metrics.loss);
        m_curves.smoothed.emplace_back(double(metrics.step), *smoothedLoss);
    }
    endInsertRows();
}

void MetricsModel::append(const EvalMetrics& eval, bool best)
{
    const auto at = std::lower_bound(
        m_rows.begin(), m_rows.end(), eval.step, [](const Row& row, std::int64_t step) { return row.step < step; });
    const int row = static_cast<int>(at - m_rows.begin());
    if (at != m_rows.end() && at->step == eval.step) {
        at->validation = eval.loss;
        const QModelIndex cell = index(row, validationColumn);
        Q_EMIT dataChanged(cell, cell);
    } else {
        beginInsertRows({}, row, row);
        m_rows.insert(at, {eval.step, {}, {}, eval.loss});
        endInsertRows();
    }
    m_lastEval = eval;
    if (!std::isfinite(eval.loss))
        return;
    const QPointF point(double(eval.step), eval.loss);
    m_curves.validation.push_back(point);
    if (best) {
        m_best = eval;
        m_curves.best = point;
    }
}

void MetricsModel::addCheckpoint(std::int64_t step) { m_curves.checkpoints.emplace_back(double(step), 0.0); }

void MetricsModel::load(const MetricsHistory& history)
{
    append(history.steps);
    for (const EvalMetrics& eval : history.evals)
        append(eval, !m_best || eval.loss < m_best->loss);
}

std::optional<StepMetrics> MetricsModel::lastStep() const
{
    const auto last = std::find_if(m_rows.rbegin(), m_rows.rend(), [](const Row& row) { return row.metrics; });
    return last == m_rows.rend() ? std::nullopt : last->metrics;
}

std::optional<double> MetricsModel::lastSmoothed() const
{
    if (m_curves.smoothed.empty())
        return {};
    return m_curves.smoothed.back().y();
}

int MetricsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MetricsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QString MetricsModel::text(const Row& row, Column column) const
{
    const auto& metrics = row.metrics;
    switch (column) {
    case stepColumn: return countText(row.step);
    case epochColumn: return metrics ? QString::number(metrics->epoch, 'f', 2) : QString();
    case lossColumn: return metrics ? lossText(metrics->loss) : QString();
    case smoothedColumn: return row.smoothed ? lossText(*row.smoothed) : QString();
    case validationColumn: return row.validation ? lossText(*row.validation) : QString();
    case gradNormColumn: return metrics ? lossText(metrics->gradNorm) : QString();
    case learningRateColumn: return metrics ? rateText(metrics->learningRate) : QString();
    case tokensPerSecondColumn: return metrics ? countText(std::llround(metrics->tokensPerSecond)) : QString();
    case columns: break;
    }
    return {};
}

QVariant MetricsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::DisplayRole)
        return text(m_rows[static_cast<std::size_t>(index.row())], static_cast<Column>(index.column()));
    return {};
}

QVariant MetricsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case stepColumn: return tr("Step");
    case epochColumn: return tr("Epoch");
    case lossColumn: return tr("Training loss");
    case smoothedColumn: return tr("Smoothed");
    case validationColumn: return tr("Validation loss");
    case gradNormColumn: return tr("Gradient norm");
    case learningRateColumn: return tr("Learning rate");
    case tokensPerSecondColumn: return tr("Tokens per second");
    case columns: break;
    }
    return {};
}

} // namespace falconer::ui
