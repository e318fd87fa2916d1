// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/queue_model.h"

#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QBrush>
#include <QDir>
#include <QGuiApplication>
#include <QIcon>

#include <algorithm>

namespace falconer::ui {
namespace {

using State = QueueItem::State;

struct StateLook {
    const char* icon;
    Token token;
};

StateLook lookOf(const QueueItem& item)
{
    if (!item.faults.isEmpty())
        return {"alert", Token::error};
    switch (item.state) {
    case State::waiting: return {"clock", Token::text2};
    case State::running: return {"start", Token::link};
    case State::finished:
    case State::stopped: return {"check", Token::ok};
    case State::failed: return {"alert", Token::error};
    case State::interrupted: return {"alert", Token::warn};
    }
    return {"clock", Token::text2};
}

bool isNumber(int column)
{
    return column == QueueModel::bestColumn || column == QueueModel::bestStepColumn || column == QueueModel::lossColumn
        || column == QueueModel::timeColumn;
}

} // namespace

QString stateText(const QueueItem& item)
{
    switch (item.state) {
    case State::waiting: return item.faults.isEmpty() ? QueueModel::tr("Waiting") : QueueModel::tr("Cannot start");
    case State::running: return QueueModel::tr("Training");
    case State::finished: return QueueModel::tr("Done");
    case State::stopped:
        return item.bestStep ? QueueModel::tr("Stopped, kept %1").arg(*item.bestStep) : QueueModel::tr("Stopped");
    case State::failed: return QueueModel::tr("Failed");
    case State::interrupted: return QueueModel::tr("Interrupted");
    }
    return {};
}

void QueueModel::setItems(std::vector<QueueItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

void QueueModel::append(QueueItem item)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_items.push_back(std::move(item));
    endInsertRows();
}

void QueueModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_items.erase(m_items.begin() + row);
    endRemoveRows();
    if (row < rowCount())
        Q_EMIT dataChanged(index(row, numberColumn), index(rowCount() - 1, numberColumn));
}

void QueueModel::move(int from, int to)
{
    // Qt names the row before which it goes, counted while it is still in its old place.
    if (from == to || !beginMoveRows({}, from, from, {}, to > from ? to + 1 : to))
        return;
    const auto first = m_items.begin();
    if (from < to)
        std::rotate(first + from, first + from + 1, first + to + 1);
    else
        std::rotate(first + to, first + from, first + from + 1);
    endMoveRows();
    Q_EMIT dataChanged(index(std::min(from, to), numberColumn), index(std::max(from, to), numberColumn));
}

void QueueModel::update(int row, const QueueItem& item)
{
    m_items[static_cast<std::size_t>(row)] = item;
    Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
}

int QueueModel::rowOf(const QString& name) const
{
    const auto found
        = std::find_if(m_items.begin(), m_items.end(), [&](const QueueItem& item) { return item.name == name; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

int QueueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

int QueueModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QString QueueModel::text(int row, Column column) const
{
    const QueueItem& item = this->item(row);
    switch (column) {
    case numberColumn: return QString::number(row + 1);
    case nameColumn: return item.name;
    case stateColumn: return stateText(item);
    case settingsColumn: return item.settings;
    case modelColumn: return item.model;
    case bestColumn: return item.bestLoss ? lossText(*item.bestLoss) : QString();
    case bestStepColumn: return item.bestStep ? countText(*item.bestStep) : QString();
    case lossColumn: return item.lastLoss ? lossText(*item.lastLoss) : QString();
    case timeColumn: return item.seconds ? durationText(*item.seconds) : QString();
    case messageColumn:
        return item.faults.isEmpty() ? item.message.simplified() : item.faults.join(QLatin1Char(' ')).simplified();
    case columns: break;
    }
    return {};
}

QVariant QueueModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const QueueItem& item = this->item(index.row());
    const auto column = static_cast<Column>(index.column());
    const StateLook look = lookOf(item);
    switch (role) {
    case Qt::DisplayRole: return text(index.row(), column);
    case Qt::DecorationRole:
        return column == stateColumn ? QVariant(icon(QLatin1String(look.icon), look.token)) : QVariant();
    case Qt::ForegroundRole:
        if (column == stateColumn || (column == messageColumn && look.token == Token::error))
            return QBrush(color(look.token, QGuiApplication::palette()));
        return column == numberColumn ? QVariant(QBrush(color(Token::text2, QGuiApplication::palette()))) : QVariant();
    case Qt::FontRole: return column == nameColumn || column == bestColumn ? scaledFont(1, true) : QVariant();
    case Qt::TextAlignmentRole:
        return int((isNumber(column) ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (column == nameColumn)
            return QDir::toNativeSeparators(QString::fromStdString(item.folder.string()));
        if (column == messageColumn)
            return item.faults.isEmpty() ? item.message : item.faults.join(QLatin1Char('\n'));
        return text(index.row(), column);
    case SortRole:
        if (column == bestColumn)
            return item.bestLoss ? QVariant(*item.bestLoss) : QVariant();
        return text(index.row(), column);
    case OverRole: return item.isOver();
    default: return {};
    }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    // What has run, or runs, keeps its place.
    if (item(index.row()).state == State::waiting)
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(section) ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case numberColumn: return tr("No.");
    case nameColumn: return tr("Run");
    case stateColumn: return tr("State");
    case settingsColumn: return tr("Changes");
    case modelColumn: return tr("Model");
    case bestColumn: return tr("Best loss");
    case bestStepColumn: return tr("At step");
    case lossColumn: return tr("Last loss");
    case timeColumn: return tr("Time");
    case messageColumn: return tr("What is wrong");
    case columns: break;
    }
    return {};
}

} // namespace falconer::ui
