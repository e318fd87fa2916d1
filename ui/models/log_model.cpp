// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/log_model.h"

#include "ui/theme/icons.h"

#include <QIcon>
#include <QStringList>

namespace falconer::ui {

void LogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

void LogModel::append(Level level, const QString& message)
{
    const QTime now = QTime::currentTime();
    for (const QString& line : message.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        appendLine({now, level, line});
}

void LogModel::appendLine(Line line)
{
    if (static_cast<int>(m_lines.size()) == kCapacity) {
        beginRemoveRows({}, 0, 0);
        m_lines.pop_front();
        endRemoveRows();
    }
    const int row = static_cast<int>(m_lines.size());
    beginInsertRows({}, row, row);
    m_lines.push_back(std::move(line));
    endInsertRows();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LogModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    const bool isText = index.column() == textColumn;
    switch (role) {
    case Qt::DisplayRole: return isText ? line.text : line.time.toString(QStringLiteral("HH:mm:ss"));
    case Qt::ToolTipRole: return isText ? QVariant(line.text) : QVariant();
    case LevelRole: return static_cast<int>(line.level);
    case Qt::DecorationRole:
        if (!isText || line.level == Level::info)
            return {};
        return icon(QStringLiteral("alert"), line.level == Level::error ? Token::error : Token::warn);
    case Qt::AccessibleTextRole:
        if (!isText || line.level == Level::info)
            return {};
        return (line.level == Level::error ? tr("Error: %1") : tr("Warning: %1")).arg(line.text);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == timeColumn ? tr("Time") : tr("Message");
}

} // namespace falconer::ui
