// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>

class QDBusConnection;

namespace falconer::ui {

/// The appearance that the desktop's portal tells of over D-Bus (org.freedesktop.appearance). Nothing here waits for
/// an answer; without a bus or a portal nothing is ever told.
class PortalSettings : public QObject {
    Q_OBJECT

public:
    explicit PortalSettings(QObject* parent = nullptr);

Q_SIGNALS:
    /// "color-scheme" (1 dark, 2 light, 0 either) or "contrast" (1 higher, 0 as usual), at the start and on change.
    void told(const QString& key, uint value);

private Q_SLOTS:
    void settingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void listen(QDBusConnection bus);
};

} // namespace falconer::ui
