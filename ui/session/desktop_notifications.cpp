// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/desktop_notifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace falconer::ui {
namespace {

// https://specifications.freedesktop.org/notification-spec/
constexpr QLatin1String kService("org.freedesktop.Notifications");
constexpr QLatin1String kPath("/org/freedesktop/Notifications");

} // namespace

DesktopNotifications::DesktopNotifications(QObject* parent)
    : QObject(parent)
{
}

void DesktopNotifications::show(const QString& title, const QString& text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        Q_EMIT failed(title, text);
        return;
    }
    // Of no named service, or the bus would be asked who that is, and waited for.
    if (!m_listening)
        m_listening
            = bus.connect({}, kPath, kService, QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    // Markup is the server's choice, and a path or a model's answer may look like some.
    call.setArguments({QStringLiteral("Falconer"), uint(0), QStringLiteral("falconer"), title, text.toHtmlEscaped(),
        QStringList{QStringLiteral("default"), tr("Show")},
        QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("falconer-workbench")}}, -1});
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, title, text] {
        answer->deleteLater();
        const QDBusPendingReply<uint> id = *answer;
        if (id.isError())
            Q_EMIT failed(title, text);
        else
            m_shown.insert(id.value());
    });
}

void DesktopNotifications::onAction(uint id, const QString& action)
{
    if (m_shown.contains(id) && action == QLatin1String("default"))
        Q_EMIT activated();
}

} // namespace falconer::ui
