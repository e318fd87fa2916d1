// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_curve.h"

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace falconer::ui {

/// The validation losses of several runs as a table: a row for each step at which one was evaluated, a column for each
/// run after that of the step.
class OverlayModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const std::vector<RunCurve>& runs);
    /// Writes every training and validation loss as "run,kind,step,tokens,seconds,epoch,loss". What it gives is a copy
    /// and may run in another thread.
    static std::function<QByteArray()> csv(std::vector<RunCurve> runs);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_names;
    std::vector<double> m_steps;
    std::vector<std::vector<double>> m_losses; ///< of each run at each of m_steps; NaN: not evaluated
};

} // namespace falconer::ui
