// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/layer_map.h"

#include <QAbstractTableModel>

#include <vector>

namespace falconer::ui {

/// The ranks of a layer map: a row for each module, a column for each layer. It shows; changes go through the draft.
class LayerMapModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        rankRole = Qt::UserRole, ///< qint64, as in LayerMap
        shapeRole ///< of a row's header: "4544 → 4672"
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps rows and columns, and with them the selection, where the model's shape is the same.
    void setMap(const std::vector<LinearSpec>& modules, const LayerMap& map);
    void clear() { setMap({}, {}); }
    const LayerMap& map() const { return m_map; }
    /// The ranks there are, ascending.
    const std::vector<std::int64_t>& ranks() const { return m_ranks; }
    /// "dense_h_to_4h", or the whole path where two modules end alike.
    QString moduleName(int row) const { return m_names.value(row); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<LinearSpec> m_modules;
    QStringList m_names;
    LayerMap m_map;
    std::vector<std::int64_t> m_ranks;
};

} // namespace falconer::ui
