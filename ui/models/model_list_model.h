// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace falconer::ui {

/// A model on this machine, as the picker shows it.
struct ModelEntry {
    QString name;
    QString path;
    QString detail; ///< architecture and size, for the tooltip
    QString problem; ///< why it cannot be used; empty when it can
    QStringList linears; ///< names of the layers that can carry an adapter; may be empty
    QString architecture = {}; ///< "falcon"; empty: not readable
    qint64 bytes = 0; ///< of its weights
    qint64 parameters = 0; ///< 0: not readable
};

/// The path of the model of that name, or of the only one whose Hub id ends in it; else the text itself.
QString modelPath(const std::vector<ModelEntry>& entries, const QString& text);

/// The models found on this machine, a row each; pickers use its first column.
class ModelListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { nameColumn, architectureColumn, parametersColumn, sizeColumn, fitColumn, columns };
    /// SortRole: the number behind a column's text.
    enum Role { PathRole = Qt::UserRole, ProblemRole, LinearsRole, SortRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setEntries(std::vector<ModelEntry> entries);
    const ModelEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// Memory that a run may take, in bytes: what the "fits here" column goes by. 0: unknown.
    void setMemory(qint64 bytes);
    const std::vector<ModelEntry>& entries() const { return m_entries; }
    QString pathOf(const QString& text) const { return modelPath(m_entries, text); }
    /// Row of the model at that path, or -1.
    int rowOf(const QString& path) const;

    using QAbstractTableModel::index;
    /// What a picker has of the model in that row.
    QModelIndex index(int row) const { return index(row, nameColumn); }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const ModelEntry& entry, int column) const;

    std::vector<ModelEntry> m_entries;
    qint64 m_memory = 0;
};

} // namespace falconer::ui
