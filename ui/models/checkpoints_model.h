// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

namespace falconer::ui {

/// The checkpoints that a run has on disk, newest first, with the validation loss of their step.
class CheckpointsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { stepColumn, lossColumn, folderColumn, columns };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    /// Which are there now; retention removes older ones.
    void set(const std::vector<std::int64_t>& steps, const std::filesystem::path& folder);
    void addLoss(std::int64_t step, double loss, bool best);
    std::int64_t step(int row) const { return m_steps[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<std::int64_t> m_steps;
    std::filesystem::path m_folder;
    std::map<std::int64_t, double> m_losses;
    std::optional<std::int64_t> m_best;
};

} // namespace falconer::ui
