// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recent_items.h"

#include <QSettings>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr auto kKey = "recent";

} // namespace

RecentItems::RecentItems(QObject* parent)
    : QObject(parent)
{
    QSettings settings;
    const int count = std::min(settings.beginReadArray(QLatin1String(kKey)), kCapacity);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const int kind = settings.value(QStringLiteral("kind")).toInt();
        const QString path = settings.value(QStringLiteral("path")).toString();
        if (path.isEmpty() || kind < 0 || kind > static_cast<int>(Kind::run))
            continue;
        m_items.push_back({static_cast<Kind>(kind), path, settings.value(QStringLiteral("when")).toDateTime()});
    }
}

void RecentItems::add(Kind kind, const QString& path)
{
    if (path.isEmpty())
        return;
    std::erase_if(m_items, [&](const Item& item) { return item.path == path; });
    m_items.insert(m_items.begin(), {kind, path, QDateTime::currentDateTimeUtc()});
    if (m_items.size() > kCapacity)
        m_items.resize(kCapacity);
    save();
}

void RecentItems::relocate(const QString& from, const QString& to)
{
    for (Item& item : m_items)
        if (item.path == from)
            item.path = to;
    save();
}

void RecentItems::remove(const QString& path)
{
    std::erase_if(m_items, [&](const Item& item) { return item.path == path; });
    save();
}

void RecentItems::save()
{
    QSettings settings;
    settings.beginWriteArray(QLatin1String(kKey), static_cast<int>(m_items.size()));
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("kind"), static_cast<int>(m_items[i].kind));
        settings.setValue(QStringLiteral("path"), m_items[i].path);
        settings.setValue(QStringLiteral("when"), m_items[i].when);
    }
    settings.endArray();
    Q_EMIT changed();
}

} // namespace falconer::ui
