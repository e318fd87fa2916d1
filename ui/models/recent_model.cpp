// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recent_model.h"

#include "ui/theme/icons.h"

#include <QDir>
#include <QFileInfo>
#include <QIcon>
#include <QLocale>

#include <array>

namespace falconer::ui {
namespace {

using Kind = RecentItems::Kind;

QString iconOf(Kind kind)
{
    static constexpr std::array kNames{"model", "data", "recipe", "train"};
    return QString::fromLatin1(kNames[static_cast<std::size_t>(kind)]);
}

QString dayAndTime(const QDateTime& when)
{
    const QDateTime local = when.toLocalTime();
    const QDate today = QDate::currentDate();
    const QString time = QLocale().toString(local.time(), QLocale::ShortFormat);
    if (local.date() == today)
        return RecentModel::tr("today %1").arg(time);
    if (local.date() == today.addDays(-1))
        return RecentModel::tr("yesterday %1").arg(time);
    return QLocale().toString(local, QLocale::ShortFormat);
}

} // namespace

RecentModel::RecentModel(RecentItems& items, QObject* parent)
    : QAbstractTableModel(parent)
    , m_items(items)
{
    connect(&items, &RecentItems::changed, this, &RecentModel::refresh);
    refresh();
}

void RecentModel::refresh()
{
    beginResetModel();
    m_shown.clear();
    for (const RecentItems::Item& item : m_items.items())
        // A model may be named by its Hub id, which is no path that could be missing.
        m_shown.push_back({item, QDir::isAbsolutePath(item.path) && !QFileInfo::exists(item.path)});
    endResetModel();
}

int RecentModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int RecentModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant RecentModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_shown[static_cast<std::size_t>(index.row())];
    const QFileInfo file(row.item.path);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case nameColumn: return file.fileName();
        case kindColumn:
            return row.item.kind == Kind::model ? tr("Model")
                : row.item.kind == Kind::data   ? tr("Data")
                : row.item.kind == Kind::recipe ? tr("Recipe")
                                                : tr("Run");
        case placeColumn: return row.missing ? tr("not where it was: Locate…") : QDir::toNativeSeparators(file.path());
        default: return dayAndTime(row.item.when);
        }
    case Qt::DecorationRole:
        return index.column() == nameColumn ? QVariant(icon(iconOf(row.item.kind), Token::text2)) : QVariant();
    case Qt::ToolTipRole: return QDir::toNativeSeparators(row.item.path);
    case Qt::TextAlignmentRole:
        return index.column() == whenColumn ? QVariant(Qt::AlignTrailing | Qt::AlignVCenter) : QVariant();
    case MissingRole: return row.missing;
    default: return {};
    }
}

QVariant RecentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case nameColumn: return tr("Name");
    case kindColumn: return tr("Kind");
    case placeColumn: return tr("Place");
    default: return tr("Opened");
    }
}

} // namespace falconer::ui
