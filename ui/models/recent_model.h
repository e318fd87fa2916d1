// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/recent_items.h"

#include <QAbstractTableModel>

namespace falconer::ui {

/// Recent items as a table: name with an icon of its kind, kind, where it lies or that it is gone, when.
class RecentModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { nameColumn, kindColumn, placeColumn, whenColumn, columns };
    enum Role { MissingRole = Qt::UserRole };

    RecentModel(RecentItems& items, QObject* parent = nullptr);

    const RecentItems::Item& item(int row) const { return m_shown[static_cast<std::size_t>(row)].item; }
    /// Looks again which of them are there.
    void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        RecentItems::Item item;
        bool missing = false;
    };
    RecentItems& m_items;
    std::vector<Row> m_shown;
};

} // namespace falconer::ui
