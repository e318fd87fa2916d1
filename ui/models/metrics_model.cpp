// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/metrics_model.h"

#include "ui/text/numbers.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace falconer::ui {
namespace {

/// Shortest text that reads back; empty where there is no number.
void addCell(QByteArray& line, double value)
{
    line += ',';
    if (std::isfinite(value))
        line += QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

/// Between two places in proportion; `fraction` 0 is `a`.
double between(double a, double b, double fraction) { return a + (b - a) * fraction; }

} // namespace

void MetricsModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_curves = {};
    m_places.clear();
    m_lastEval.reset();
    m_best.reset();
    m_average = m_weight = 0;
    endResetModel();
}

void MetricsModel::setSmoothing(double smoothing)
{
    smoothing = std::clamp(smoothing, 0.0, 0.99);
    if (smoothing == m_smoothing)
        return;
    m_smoothing = smoothing;
    m_average = m_weight = 0;
    m_curves.smoothed.clear();
    for (const QPointF& point : m_curves.raw)
        m_curves.smoothed.emplace_back(point.x(), smooth(point.y()));
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, smoothedColumn), index(rowCount() - 1, smoothedColumn));
    Q_EMIT smoothingChanged();
}

double MetricsModel::smooth(double loss)
{
    m_average = m_smoothing * m_average + (1 - m_smoothing) * loss;
    m_weight = m_smoothing * m_weight + (1 - m_smoothing);
    return m_average / m_weight;
}

void MetricsModel::append(const std::vector<StepMetrics>& steps)
{
    if (steps.empty())
        return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(steps.size()) - 1);
    for (const StepMetrics& metrics : steps) {
        if (std::isfinite(metrics.loss)) {
            m_curves.raw.emplace_back(double(metrics.step), metrics.loss);
            m_curves.smoothed.emplace_back(double(metrics.step), smooth(metrics.loss));
            m_places.push_back(nextPoint(m_places.empty() ? CurvePoint{} : m_places.back(), metrics));
        }
        m_rows.push_back({metrics.step, metrics, m_curves.smoothed.size(), {}});
    }
    endInsertRows();
}

double MetricsModel::xAt(double step, XAxis axis) const
{
    if (axis == XAxis::step)
        return step;
    if (m_places.empty())
        return 0;
    const auto after = std::lower_bound(
        m_places.begin(), m_places.end(), step, [](const CurvePoint& place, double s) { return place.step < s; });
    const CurvePoint& last = m_places.back();
    if (after == m_places.end())
        return last.step > 0 ? last.x(axis) * step / last.step : last.x(axis);
    const CurvePoint before = after == m_places.begin() ? CurvePoint{} : *(after - 1);
    if (!(after->step > before.step))
        return after->x(axis);
    return between(
        before.x(axis), after->x(axis), std::clamp((step - before.step) / (after->step - before.step), 0.0, 1.0));
}

double MetricsModel::stepAt(double x, XAxis axis) const
{
    if (axis == XAxis::step)
        return x;
    if (m_places.empty())
        return 0;
    const auto after = std::lower_bound(
        m_places.begin(), m_places.end(), x, [axis](const CurvePoint& place, double v) { return place.x(axis) < v; });
    const CurvePoint& last = m_places.back();
    if (after == m_places.end())
        return last.x(axis) > 0 ? last.step * x / last.x(axis) : last.step;
    const CurvePoint before = after == m_places.begin() ? CurvePoint{} : *(after - 1);
    const double span = after->x(axis) - before.x(axis);
    return span > 0 ? between(before.step, after->step, std::clamp((x - before.x(axis)) / span, 0.0, 1.0))
                    : after->step;
}

std::function<QByteArray()> MetricsModel::csv() const
{
    return [rows = m_rows, smoothed = m_curves.smoothed] {
        QByteArray text = "step,epoch,tokens,seconds,loss,smoothed_loss,eval_loss,grad_norm,learning_rate,"
                          "tokens_per_second\n";
        constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        for (const Row& row : rows) {
            const auto& metrics = row.metrics;
            text += QByteArray::number(qint64(row.step));
            addCell(text, metrics ? metrics->epoch : kNone);
            addCell(text, metrics ? double(metrics->tokens) : kNone);
            addCell(text, metrics ? metrics->seconds : kNone);
            addCell(text, metrics ? metrics->loss : kNone);
            addCell(text, row.smoothed > 0 ? smoothed[row.smoothed - 1].y() : kNone);
            addCell(text, row.validation.value_or(kNone));
            addCell(text, metrics ? metrics->gradNorm : kNone);
            addCell(text, metrics ? metrics->learningRate : kNone);
            addCell(text, metrics ? metrics->tokensPerSecond : kNone);
            text += '\n';
        }
        return text;
    };
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
        m_rows.insert(at, {eval.step, {}, 0, eval.loss});
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
    case smoothedColumn: return row.smoothed > 0 ? lossText(m_curves.smoothed[row.smoothed - 1].y()) : QString();
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
