// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/compare.h"

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>

#include <string>
#include <utility>
#include <vector>

namespace falconer::ui {

/// Runs side by side: what they came to, then their settings. A column for each run.
class DifferencesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        DiffersRole = Qt::UserRole ///< whether the cell is not what most of the runs have
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `settings` has a row for each key, in the order of run.yaml, with a value for each run.
    void setRuns(QStringList names, const std::vector<RunResult>& results, std::vector<SettingDifference> settings);
    void clear() { setRuns({}, {}, {}); }
    /// Shows only the rows in which the runs are not all alike (the default).
    void setOnlyDifferences(bool only);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString label;
        QString key; ///< of a setting; empty for a result
        QStringList values;
        int best = -1; ///< the run that did best in this
        bool always = false; ///< shown even when all are alike
    };
    void rebuild();

    QStringList m_names;
    std::vector<Row> m_all;
    std::vector<Row> m_rows; ///< those that are shown
    bool m_only = true;
};

} // namespace falconer::ui
