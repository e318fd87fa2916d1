// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QString>
#include <QStringList>

namespace falconer::ui {

/// What the person chose for the window itself, kept between starts. Every setter saves at once and announces itself;
/// a value that is the same already does neither.
class AppSettings : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    Theme::Choice theme() const;
    void setTheme(Theme::Choice choice);

    /// "de", "en"; empty: the system's. Takes effect at the next start.
    QString language() const;
    void setLanguage(const QString& language);

    /// Folders that are searched for models beside the usual places.
    QStringList modelFolders() const;
    void setModelFolders(const QStringList& folders);

    /// Where the dialogs for data begin.
    QString dataFolder() const;
    void setDataFolder(const QString& folder);

    /// Where runs go; empty: the program's own choice.
    QString runsFolder() const;
    void setRunsFolder(const QString& folder);

    /// Folders that runs went to, of recipes that lie in files: lists of runs look there too. The newest first.
    QStringList runRoots() const;
    void addRunRoot(const QString& folder);

    /// Threads that compute on the CPU; 0: as many as the machine has cores. Takes effect at the next start.
    int threads() const;
    void setThreads(int threads);

    /// Nothing may use the network: a recipe that wants to send its metrics cannot start.
    bool offline() const;
    void setOffline(bool offline);

    /// Desktop notifications for a run that is done, failed or overfitting.
    bool notifications() const;
    void setNotifications(bool on);

    /// The tour was taken or put away.
    bool tourSeen() const;
    void setTourSeen(bool seen);

    /// Keys for new recipes, "lora.rank" to its YAML value.
    QVariantMap recipeDefaults() const;
    void setRecipeDefaults(const QVariantMap& defaults);

Q_SIGNALS:
    void changed();

private:
    void set(const char* key, const QVariant& value);
};

} // namespace falconer::ui
