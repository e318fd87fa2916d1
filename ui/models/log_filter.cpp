// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/log_filter.h"

namespace falconer::ui {

void LogFilter::setText(const QString& text)
{
    m_text = text;
    invalidateFilter();
}

void LogFilter::setLeast(LogModel::Level level)
{
    m_least = level;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex line = sourceModel()->index(row, LogModel::textColumn, parent);
    if (line.data(LogModel::LevelRole).toInt() < static_cast<int>(m_least))
        return false;
    return m_text.isEmpty() || line.data().toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace falconer::ui
