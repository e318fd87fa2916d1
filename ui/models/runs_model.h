// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <QList>
#include <QPointF>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace falconer::ui {

/// One run as the table shows it.
struct RunRow {
    enum class State {
        reading, ///< listed, its files are not read yet
        running,
        paused,
        finished,
        stopped,
        failed,
        suspended, ///< paused, and the program was closed
        interrupted, ///< its process ended without a word
        unreadable
    };

    std::filesystem::path path;
    QString name;
    State state = State::reading;
    QString model; ///< its name, without the way there
    QString quantization;
    std::int64_t rank = 0;
    double learningRate = 0;
    std::optional<double> bestLoss; ///< validation
    std::optional<std::int64_t> bestStep;
    std::optional<double> lastLoss; ///< training
    std::int64_t steps = 0;
    std::optional<double> seconds; ///< of training
    QDateTime started; ///< UTC; invalid: unknown
    QStringList tags;
    QString notes;
    QString problem; ///< file, place and what is wrong
    QList<QPointF> curve; ///< validation loss by step, thinned
    bool hasAdapter = false; ///< something that Playground and Export can take
    bool hasCheckpoint = false;
    bool operator==(const RunRow&) const = default;
};

/// "Stopped, kept 240".
QString stateText(const RunRow& run);

/// The runs, and which of them are ticked for the overlay. A row stays where it is when it is read anew, so that
/// selection, focus and scroll position survive.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        tickColumn,
        keyColumn, ///< how the overlay draws it
        nameColumn,
        tagsColumn,
        stateColumn,
        bestColumn,
        bestStepColumn,
        curveColumn,
        modelColumn,
        quantizationColumn,
        rankColumn,
        rateColumn,
        lossColumn,
        stepsColumn,
        timeColumn,
        startedColumn,
        columns
    };
    enum Role {
        SortRole = Qt::UserRole,
        FilterRole, ///< everything that the filter line looks at
        CurveRole, ///< QList<QPointF>
        KeyRole ///< place among the ticked runs, -1: not ticked
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// These are the runs that are there. Rows of others go, known ones are kept as they were unless the new one has
    /// been read.
    void setRuns(std::vector<RunRow> runs);
    /// Replaces the row of the same path; does nothing when there is none.
    void update(const RunRow& run);
    void remove(const std::filesystem::path& path);

    const std::vector<RunRow>& runs() const { return m_runs; }
    const RunRow& run(int row) const { return m_runs[static_cast<std::size_t>(row)]; }
    /// -1: not there.
    int rowOf(const std::filesystem::path& path) const;
    const RunRow* find(const std::filesystem::path& path) const;

    /// In the order in which they were ticked, which is the order of colours in the overlay.
    const std::vector<std::filesystem::path>& ticked() const { return m_ticked; }
    void setTicked(const std::filesystem::path& path, bool ticked);
    void setTicked(const std::vector<std::filesystem::path>& paths);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void tickedChanged();

private:
    int keyOf(const RunRow& run) const;
    QString text(const RunRow& run, Column column) const;
    QVariant sortValue(const RunRow& run, Column column) const;
    void keysChanged();

    std::vector<RunRow> m_runs;
    std::vector<std::filesystem::path> m_ticked;
};

/// Sorted, and filtered by words that must all occur in a row. Cells without a value are last in either order.
class RunsFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit RunsFilter(QObject* parent = nullptr);
    void setWords(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_words;
};

} // namespace falconer::ui
