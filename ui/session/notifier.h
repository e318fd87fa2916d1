// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <memory>

class QMenu;
class QSystemTrayIcon;

namespace falconer {
struct RunEnded;
struct SentinelReport;
} // namespace falconer

namespace falconer::ui {

class DesktopNotifications;
class Workspace;

/// Tells the desktop when a run is done, has failed, begins to overfit or diverge, or has paused by itself, and keeps
/// the program in its tray while the window is away. Where the desktop has neither notifications nor a tray it stays
/// silent; the log and the Train page say the same.
class Notifier : public QObject {
    Q_OBJECT

public:
    explicit Notifier(Workspace& workspace, QObject* parent = nullptr);
    ~Notifier() override;
    bool hasTray() const;
    void showTray();
    /// The window is back.
    void hideTray();

Q_SIGNALS:
    /// What was said, whether or not the desktop could show it.
    void notified(const QString& title, const QString& text);
    /// The person wants the window back.
    void activated();
    /// The person wants the program to end.
    void quitRequested();

private:
    void onReport(const SentinelReport& report);
    void onState();
    void onEnd(const RunEnded& end);
    void notify(const QString& title, const QString& text);
    void buildMenu();
    QSystemTrayIcon* tray();

    Workspace& m_workspace;
    DesktopNotifications* m_desktop;
    std::unique_ptr<QMenu> m_menu; ///< of the tray; nothing else owns it
    QSystemTrayIcon* m_tray = nullptr;
    // What the desktop was told of this run.
    bool m_overfits = false;
    bool m_diverges = false;
    bool m_paused = false;
};

} // namespace falconer::ui
