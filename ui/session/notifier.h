// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QSystemTrayIcon;

namespace falconer::ui {

class QueueRunner;
class Workspace;

/// Tells the desktop when a run is done, has failed or begins to overfit, and keeps the program in its tray while the
/// window is away. Where the desktop has no tray it does neither; the log and the Train page say the same.
class Notifier : public QObject {
    Q_OBJECT

public:
    explicit Notifier(Workspace& workspace, QObject* parent = nullptr);
    bool hasTray() const;
    void showTray();

Q_SIGNALS:
    /// What was said, whether or not the desktop could show it.
    void notified(const QString& title, const QString& text);
    /// The person wants the window back.
    void activated();

private:
    void followQueue(QueueRunner& queue);
    void notify(const QString& title, const QString& text);
    QSystemTrayIcon* tray();

    Workspace& m_workspace;
    QSystemTrayIcon* m_tray = nullptr;
    bool m_alarmed = false; ///< of this run's overfitting the desktop was told
};

} // namespace falconer::ui
