// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QLabel;
class QStatusBar;

namespace falconer::ui {

class Workspace;

/// The status bar: device, memory, back end of the CPU kernels; whether the window is offline.
class StatusFacts : public QObject {
    Q_OBJECT

public:
    StatusFacts(Workspace& workspace, QStatusBar* bar);
    /// Instead of the device, until the next change.
    void say(const QString& text);
    void showDevice();

private:
    void showMemory();

    Workspace& m_workspace;
    QLabel* m_device;
    QLabel* m_memory;
    QLabel* m_backEnd;
    QLabel* m_offline;
    QTimer m_timer;
};

} // namespace falconer::ui
