// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QTime>

#include <deque>

namespace falconer::ui {

/// What happened, oldest first. Only the newest lines are kept, so a chatty run cannot eat the memory; the run's folder
/// has them all.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { timeColumn, textColumn, columns };
    enum class Level { info, warning, error };
    enum Role { LevelRole = Qt::UserRole };
    static constexpr int kCapacity = 5000;

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    /// A text of several lines becomes several rows.
    void append(Level level, const QString& message);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QTime time;
        Level level;
        QString text;
    };
    void appendLine(Line line);

    std::deque<Line> m_lines;
};

} // namespace falconer::ui
