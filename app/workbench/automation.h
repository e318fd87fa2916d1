// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workbench/options.h"
#include "core/train/session.h"

#include <QObject>

namespace falconer::ui {
class MainWindow;
}

namespace falconer::workbench {

/// Does with the window what the command line asked for: presses Start, takes the picture, quits. It goes through the
/// same page as a user does.
class Automation : public QObject {
    Q_OBJECT

public:
    Automation(Options options, ui::MainWindow& window, QObject* parent = nullptr);

private:
    void startWhenReady();
    /// Once the first page has been drawn and the window waits for the user.
    void reportStart();
    void onSteps(const std::vector<StepMetrics>& steps);
    void onEnded(const RunEnded& end);
    /// False when it could not be written.
    bool takeScreenshot();

    Options m_options;
    ui::MainWindow& m_window;
    bool m_started = false;
    bool m_pictureTaken = false;
    int m_exitCode = 0;
};

} // namespace falconer::workbench
