// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/session.h"
#include "ui/session/run_clock.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace falconer::ui {

class ElidedLabel;
class RunController;

/// How far the run is: a bar, and under it step, epoch, time gone and left, and what comes next.
class TrainProgress : public QWidget {
    Q_OBJECT

public:
    explicit TrainProgress(RunController& run, QWidget* parent = nullptr);
    /// Once a tick.
    void refresh();
    std::optional<double> secondsLeft() const { return m_clock.secondsLeft(); }

private:
    void begin();
    void showPhase(const PhaseProgress& progress);

    RunController& m_run;
    RunClock m_clock;
    double m_epoch = 0;
    QProgressBar* m_bar;
    QLabel* m_step;
    QLabel* m_epochText;
    QLabel* m_elapsed;
    QLabel* m_left;
    ElidedLabel* m_next;
};

} // namespace falconer::ui
