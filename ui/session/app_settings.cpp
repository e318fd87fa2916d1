// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/app_settings.h"

#include <QSettings>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr auto kTheme = "theme";
constexpr auto kLanguage = "language";
constexpr auto kModelFolders = "folders/models";
constexpr auto kDataFolder = "folders/data";
constexpr auto kRunsFolder = "folders/runs";
constexpr auto kRunRoots = "folders/runRoots";
constexpr auto kThreads = "threads";
constexpr auto kOffline = "offline";
constexpr auto kNotifications = "notifications";
constexpr auto kTourSeen = "tourSeen";
constexpr auto kRecipeDefaults = "recipeDefaults";

constexpr int kMostThreads = 1024;
constexpr qsizetype kMostRunRoots = 200;

QVariant get(const char* key, const QVariant& fallback = {}) { return QSettings().value(QLatin1String(key), fallback); }

} // namespace

void AppSettings::set(const char* key, const QVariant& value)
{
    QSettings settings;
    if (settings.value(QLatin1String(key)) == value)
        return;
    settings.setValue(QLatin1String(key), value);
    Q_EMIT changed();
}

Theme::Choice AppSettings::theme() const
{
    return static_cast<Theme::Choice>(std::clamp(get(kTheme).toInt(), 0, static_cast<int>(Theme::Choice::dark)));
}
void AppSettings::setTheme(Theme::Choice choice) { set(kTheme, static_cast<int>(choice)); }

QString AppSettings::language() const { return get(kLanguage).toString(); }
void AppSettings::setLanguage(const QString& language) { set(kLanguage, language); }

QStringList AppSettings::modelFolders() const { return get(kModelFolders).toStringList(); }
void AppSettings::setModelFolders(const QStringList& folders) { set(kModelFolders, folders); }

QString AppSettings::dataFolder() const { return get(kDataFolder).toString(); }
void AppSettings::setDataFolder(const QString& folder) { set(kDataFolder, folder); }

QString AppSettings::runsFolder() const { return get(kRunsFolder).toString(); }
void AppSettings::setRunsFolder(const QString& folder) { set(kRunsFolder, folder); }

QStringList AppSettings::runRoots() const { return get(kRunRoots).toStringList(); }
void AppSettings::addRunRoot(const QString& folder)
{
    QStringList roots = runRoots();
    if (!roots.isEmpty() && roots.front() == folder)
        return;
    roots.removeAll(folder);
    roots.prepend(folder);
    set(kRunRoots, roots.mid(0, kMostRunRoots));
}

int AppSettings::threads() const { return std::clamp(get(kThreads, 0).toInt(), 0, kMostThreads); }
void AppSettings::setThreads(int threads) { set(kThreads, threads); }

bool AppSettings::offline() const { return get(kOffline, false).toBool(); }
void AppSettings::setOffline(bool offline) { set(kOffline, offline); }

bool AppSettings::notifications() const { return get(kNotifications, true).toBool(); }
void AppSettings::setNotifications(bool on) { set(kNotifications, on); }

bool AppSettings::tourSeen() const { return get(kTourSeen, false).toBool(); }
void AppSettings::setTourSeen(bool seen) { set(kTourSeen, seen); }

QVariantMap AppSettings::recipeDefaults() const { return get(kRecipeDefaults).toMap(); }
void AppSettings::setRecipeDefaults(const QVariantMap& defaults) { set(kRecipeDefaults, defaults); }

} // namespace falconer::ui
