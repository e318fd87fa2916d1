// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/portal_settings.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QFutureWatcher>
#include <QtConcurrent>

namespace falconer::ui {
namespace {

// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
constexpr QLatin1String kService("org.freedesktop.portal.Desktop");
constexpr QLatin1String kPath("/org/freedesktop/portal/desktop");
constexpr QLatin1String kInterface("org.freedesktop.portal.Settings");
constexpr QLatin1String kSpace("org.freedesktop.appearance");

} // namespace

PortalSettings::PortalSettings(QObject* parent)
    : QObject(parent)
{
    auto* greeting = new QFutureWatcher<bool>(this);
    connect(greeting, &QFutureWatcher<bool>::finished, this, [this, greeting] {
        greeting->deleteLater();
        if (greeting->result())
            listen(QDBusConnection::sessionBus());
    });
    // Saying hello to the bus waits for it, so that is not done in the window's thread.
    greeting->setFuture(QtConcurrent::run([] { return QDBusConnection::sessionBus().isConnected(); }));
}

void PortalSettings::listen(QDBusConnection bus)
{
    // No sender is named: to watch for its name, QtDBus would ask the bus for the owner and wait.
    bus.connect({}, kPath, kInterface, QStringLiteral("SettingChanged"), this,
        SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("ReadAll"));
    question << QStringList{kSpace};
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusMessage reply = answer->reply();
        if (reply.type() != QDBusMessage::ReplyMessage || reply.signature() != QLatin1String("a{sa{sv}}"))
            return;
        const auto all = qdbus_cast<QMap<QString, QVariantMap>>(reply.arguments().constFirst());
        const QVariantMap ours = all.value(kSpace);
        for (auto setting = ours.begin(); setting != ours.end(); ++setting)
            settingChanged(kSpace, setting.key(), QDBusVariant(setting.value()));
    });
}

void PortalSettings::settingChanged(const QString& space, const QString& key, const QDBusVariant& value)
{
    if (space == kSpace && value.variant().canConvert<uint>())
        Q_EMIT told(key, value.variant().toUInt());
}

} // namespace falconer::ui
