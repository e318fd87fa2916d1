// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/overlay_model.h"

#include "ui/text/numbers.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace falconer::ui {
namespace {

QByteArray number(double value) { return QByteArray::number(value, 'g', QLocale::FloatingPointShortest); }

/// RFC 4180: quoted, with quotes doubled.
QByteArray quoted(const QString& text)
{
    return '"' + QString(text).replace(QLatin1Char('"'), QLatin1String("\"\"")).toUtf8() + '"';
}

} // namespace

void OverlayModel::setRuns(const std::vector<RunCurve>& runs)
{
    beginResetModel();
    m_names.clear();
    m_steps.clear();
    m_losses.clear();
    for (const RunCurve& run : runs) {
        m_names << run.name;
        for (const CurvePoint& point : run.validation)
            m_steps.push_back(point.step);
    }
    std::sort(m_steps.begin(), m_steps.end());
    m_steps.erase(std::unique(m_steps.begin(), m_steps.end()), m_steps.end());
    for (const RunCurve& run : runs) {
        std::vector<double> column(m_steps.size(), std::numeric_limits<double>::quiet_NaN());
        for (const CurvePoint& point : run.validation) {
            const auto at = std::lower_bound(m_steps.begin(), m_steps.end(), point.step);
            column[static_cast<std::size_t>(at - m_steps.begin())] = point.loss;
        }
        m_losses.push_back(std::move(column));
    }
    endResetModel();
}

std::function<QByteArray()> OverlayModel::csv(std::vector<RunCurve> runs)
{
    return [runs = std::move(runs)] {
        QByteArray text = "run,kind,step,tokens,seconds,epoch,loss\n";
        for (const RunCurve& run : runs) {
            const auto add = [&](const char* kind, const std::vector<CurvePoint>& points) {
                const QByteArray start = quoted(run.name) + ',' + kind;
                for (const CurvePoint& point : points) {
                    text += start;
                    for (const double value : {point.step, point.tokens, point.seconds, point.epoch, point.loss})
                        text += ',' + number(value);
                    text += '\n';
                }
            };
            add("training", run.training);
            add("validation", run.validation);
        }
        return text;
    };
}

int OverlayModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int OverlayModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_names.size()) + 1;
}

QVariant OverlayModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    if (index.column() == 0)
        return countText(std::llround(m_steps[row]));
    const double loss = m_losses[static_cast<std::size_t>(index.column() - 1)][row];
    return std::isfinite(loss) ? lossText(loss) : QString();
}

QVariant OverlayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section > m_names.size())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Step") : m_names[section - 1];
}

} // namespace falconer::ui
