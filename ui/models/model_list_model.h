// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
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
};

/// The models found on this machine.
class ModelListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, ProblemRole, LinearsRole };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<ModelEntry> entries);
    /// The path of the model of that name, or of the only one whose Hub id ends in it; else the text itself.
    QString pathOf(const QString& text) const;
    /// Row of the model at that path, or -1.
    int rowOf(const QString& path) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<ModelEntry> m_entries;
};

} // namespace falconer::ui
