// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/checkpoints_model.h"

#include "ui/text/numbers.h"
#include "ui/theme/icons.h"

#include <QDir>

#include <algorithm>

namespace falconer::ui {

void CheckpointsModel::clear()
{
    beginResetModel();
    m_steps.clear();
    m_losses.clear();
    m_best.reset();
    endResetModel();
}

void CheckpointsModel::set(const std::vector<std::int64_t>& steps, const std::filesystem::path& folder)
{
    std::vector<std::int64_t> newest = steps;
    std::sort(newest.rbegin(), newest.rend());
    if (newest == m_steps && folder == m_folder)
        return;
    beginResetModel();
    m_steps = std::move(newest);
    m_folder = folder;
    endResetModel();
}

void CheckpointsModel::addLoss(std::int64_t step, double loss, bool best)
{
    m_losses[step] = loss;
    if (best)
        m_best = step;
    if (!m_steps.empty())
        Q_EMIT dataChanged(index(0, stepColumn), index(rowCount() - 1, lossColumn));
}

int CheckpointsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int CheckpointsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant CheckpointsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const std::int64_t step = m_steps[static_cast<std::size_t>(index.row())];
    const bool best = m_best == step;
    if (role == Qt::DecorationRole && index.column() == stepColumn && best)
        return icon(QStringLiteral("best"), Token::best);
    const QString folder = QDir::toNativeSeparators(
        QString::fromStdString((m_folder / ("checkpoint-" + std::to_string(step))).string()));
    if (role == Qt::ToolTipRole)
        return folder;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case stepColumn: return best ? tr("Step %1 · best").arg(step) : tr("Step %1").arg(step);
    case lossColumn: {
        const auto loss = m_losses.find(step);
        return loss == m_losses.end() ? tr("not measured") : lossText(loss->second);
    }
    default: return folder;
    }
}

QVariant CheckpointsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == stepColumn ? tr("Checkpoint") : section == lossColumn ? tr("Validation loss") : tr("Folder");
}

} // namespace falconer::ui
