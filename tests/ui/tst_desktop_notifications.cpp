// SPDX-License-Identifier: GPL-3.0-or-later
// Notifications over a real message bus, to a desktop that the test plays itself.
#include "ui/session/desktop_notifications.h"

#include <QDBusConnection>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace falconer::ui;

namespace {

/// What a desktop offers under org.freedesktop.Notifications.
class Desktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QList<QStringList> shown; ///< title and text

public Q_SLOTS:
    uint Notify(const QString&, uint, const QString&, const QString& title, const QString& text, const QStringList&,
        const QVariantMap&, int)
    {
        shown << QStringList{title, text};
        return static_cast<uint>(shown.size()) + 40;
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
};

} // namespace

class TestDesktopNotifications : public QObject {
    Q_OBJECT

private:
    QProcess m_bus;
    Desktop m_desktop;

private Q_SLOTS:
    void initTestCase()
    {
        m_bus.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        QVERIFY2(m_bus.waitForStarted(10'000) && m_bus.waitForReadyRead(10'000),
            "needs dbus-daemon, which packaging/setup.sh --for-tests installs");
        const QByteArray address = m_bus.readLine().trimmed();
        // Before anybody asks for the session's bus.
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    }

    void cleanupTestCase()
    {
        m_bus.kill();
        m_bus.waitForFinished();
    }

    void nobodyToShowItIsSaid()
    {
        DesktopNotifications notifications;
        QSignalSpy failed(&notifications, &DesktopNotifications::failed);
        notifications.show(QStringLiteral("title"), QStringLiteral("text"));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().at(0).toString(), QStringLiteral("title"));
    }

    void theDesktopShowsItAndAClickComesBack()
    {
        QDBusConnection server = QDBusConnection::connectToBus(
            QString::fromLatin1(qgetenv("DBUS_SESSION_BUS_ADDRESS")), QStringLiteral("desktop"));
        QVERIFY(server.isConnected());
        QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &m_desktop,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(server.registerService(QStringLiteral("org.freedesktop.Notifications")));
        DesktopNotifications notifications;
        QSignalSpy failed(&notifications, &DesktopNotifications::failed);
        QSignalSpy activated(&notifications, &DesktopNotifications::activated);
        notifications.show(QStringLiteral("run: overfitting"), QStringLiteral("loss < 2 & rising"));
        QTRY_COMPARE(m_desktop.shown.size(), 1);
        QCOMPARE(m_desktop.shown.first().at(0), QStringLiteral("run: overfitting"));
        QCOMPARE(m_desktop.shown.first().at(1), QStringLiteral("loss &lt; 2 &amp; rising"));
        QTest::qWait(100); // the number comes back
        Q_EMIT m_desktop.ActionInvoked(7, QStringLiteral("default")); // somebody else's
        Q_EMIT m_desktop.ActionInvoked(41, QStringLiteral("default"));
        QTRY_COMPARE(activated.size(), 1);
        QTest::qWait(50);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(failed.size(), 0);
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    }
};

QTEST_GUILESS_MAIN(TestDesktopNotifications)
#include "tst_desktop_notifications.moc"
