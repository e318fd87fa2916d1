// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/layer_map_model.h"

#include <algorithm>
#include <set>

namespace falconer::ui {
namespace {

bool sameModules(const std::vector<LinearSpec>& left, const std::vector<LinearSpec>& right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
        [](const auto& a, const auto& b) { return a.module == b.module && a.in == b.in && a.out == b.out; });
}

QStringList namesOf(const std::vector<LinearSpec>& modules)
{
    QStringList paths, names;
    for (const LinearSpec& linear : modules)
        paths << QString::fromStdString(linear.module);
    for (const QString& path : paths)
        names << path.mid(path.lastIndexOf(QLatin1Char('.')) + 1);
    for (qsizetype i = 0; i < names.size(); ++i)
        if (names.count(names[i]) > 1)
            names[i] = paths[i];
    return names;
}

} // namespace

void LayerMapModel::setMap(const std::vector<LinearSpec>& modules, const LayerMap& map)
{
    std::set<std::int64_t> ranks;
    for (const std::int64_t rank : map.ranks)
        if (rank > 0)
            ranks.insert(rank);
    const bool same = sameModules(m_modules, modules) && m_map.layers == map.layers;
    if (!same)
        beginResetModel();
    const bool changed = !(m_map == map);
    m_map = map;
    m_ranks.assign(ranks.begin(), ranks.end());
    if (!same) {
        m_modules = modules;
        m_names = namesOf(modules);
        endResetModel();
    } else if (changed) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

int LayerMapModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_map.modules);
}

int LayerMapModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_map.layers);
}

QVariant LayerMapModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::int64_t rank = m_map.at(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column()));
    switch (role) {
    case Qt::DisplayRole:
        return rank == LayerMap::kWhole ? tr("whole")
            : rank == LayerMap::kOut    ? QStringLiteral("–")
                                        : QString::number(rank);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const QString place = tr("Layer %1, %2").arg(index.column()).arg(m_names[index.row()]);
        return rank == LayerMap::kWhole ? tr("%1: trained as a whole").arg(place)
            : rank == LayerMap::kOut    ? tr("%1: out").arg(place)
                                        : tr("%1: rank %2").arg(place).arg(rank);
    }
    case rankRole: return QVariant::fromValue<qint64>(rank);
    default: return {};
    }
}

QVariant LayerMapModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Horizontal ? columnCount() : rowCount()))
        return {};
    if (orientation == Qt::Horizontal) {
        if (role == Qt::DisplayRole)
            return section;
        return role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? tr("Layer %1").arg(section) : QVariant();
    }
    const LinearSpec& linear = m_modules[static_cast<std::size_t>(section)];
    const QString shape = tr("%1 → %2", "inputs and outputs of a module").arg(linear.in).arg(linear.out);
    switch (role) {
    case Qt::DisplayRole: return m_names[section];
    case shapeRole: return shape;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: return tr("%1, %2").arg(QString::fromStdString(linear.module), shape);
    default: return {};
    }
}

} // namespace falconer::ui
