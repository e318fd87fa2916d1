// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace falconer::ui {

/// One run of the queue.
struct QueueItem {
    enum class State { waiting, running, finished, stopped, failed, interrupted };

    QString name; ///< the only one of that name in the queue
    std::filesystem::path folder; ///< where it runs
    std::string recipe; ///< as YAML, every key
    std::set<std::string> keysSet; ///< of these the person has set
    QString model;
    QString settings; ///< what it changes in its recipe: "lora.rank=8"
    State state = State::waiting;
    QString message; ///< why it failed
    QStringList faults; ///< what the preflight found
    std::optional<double> bestLoss;
    std::optional<std::int64_t> bestStep;
    std::optional<double> lastLoss;
    std::int64_t steps = 0;
    std::optional<double> seconds;

    bool isOpen() const { return state == State::waiting || state == State::interrupted; }
    bool isOver() const { return state == State::finished || state == State::stopped || state == State::failed; }
};

QString stateText(const QueueItem& item);

/// The queue in the order in which it runs.
class QueueModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        nameColumn, ///< first, because a column of numbers changes when a row goes; views put it second
        numberColumn,
        stateColumn,
        settingsColumn,
        modelColumn,
        bestColumn,
        bestStepColumn,
        lossColumn,
        timeColumn,
        messageColumn,
        columns
    };
    enum Role {
        SortRole = Qt::UserRole,
        OverRole ///< whether it has run to an end
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setItems(std::vector<QueueItem> items);
    void append(QueueItem item);
    void removeAt(int row);
    /// Puts row `from` at `to`, where it then stands.
    void move(int from, int to);
    void update(int row, const QueueItem& item);

    const std::vector<QueueItem>& items() const { return m_items; }
    const QueueItem& item(int row) const { return m_items[static_cast<std::size_t>(row)]; }
    int rowOf(const QString& name) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(int row, Column column) const;

    std::vector<QueueItem> m_items;
};

} // namespace falconer::ui
