// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/session.h"

#include <QAbstractTableModel>
#include <QString>

#include <optional>
#include <vector>

namespace falconer::ui {

/// Answers to the recipe's fixed prompts, a row for each prompt: before training (or the first one there is), at the
/// best evaluation, and the newest. An answer that repeats a training row word for word says which.
class SamplesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// The tag of an answer that repeats a training row, for a delegate to draw; empty on others.
    enum Role { TagRole = Qt::UserRole };
    enum Column { promptColumn, firstColumn, bestColumn, newestColumn, columns };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void add(const SampleAnswer& sample);
    /// The evaluation of that step is the best so far.
    void setBest(std::int64_t step);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Answer {
        std::int64_t step = 0;
        QString text;
        std::optional<RowPlace> repeats;
    };
    struct Row {
        QString prompt;
        std::optional<Answer> first;
        std::optional<Answer> best;
        std::optional<Answer> newest;
    };
    const std::optional<Answer>& answer(const Row& row, int column) const;

    std::vector<Row> m_rows;
    std::optional<std::int64_t> m_best;
};

} // namespace falconer::ui
