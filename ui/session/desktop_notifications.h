// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>
#include <QString>

namespace falconer::ui {

/// Notifications as the freedesktop.org specification has them, over the session's D-Bus; works without a tray. Never
/// waits: who is to show them is asked, and failed() follows when nobody does.
class DesktopNotifications : public QObject {
    Q_OBJECT

public:
    explicit DesktopNotifications(QObject* parent = nullptr);

    void show(const QString& title, const QString& text);

Q_SIGNALS:
    /// Nobody shows it.
    void failed(const QString& title, const QString& text);
    /// The person clicked on one.
    void activated();

private Q_SLOTS:
    void onAction(uint id, const QString& action);

private:
    QSet<uint> m_shown;
    bool m_listening = false;
};

} // namespace falconer::ui
