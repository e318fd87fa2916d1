// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/session.h"
#include "ui/session/run_clock.h"
#include "ui/widgets/pill.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;
class QTabWidget;

namespace falconer::ui {

class ElidedLabel;
class LogModel;
class LossChart;
class MetricTile;
class MetricsModel;
class Strip;

/// The run as it goes: state, progress, verdict, numbers, loss chart, log. It shows what it is told and asks for what
/// its buttons say; it knows no session.
class RunMonitor : public QWidget {
    Q_OBJECT

public:
    RunMonitor(MetricsModel* metrics, LogModel* log, QWidget* parent = nullptr);

    void showPreparing(const QString& title, const QString& facts);
    void showPhase(const PhaseProgress& progress);
    void showStart(const RunStarted& run);
    void showState(SessionState state);
    void showStopping();
    void showSentinel(const SentinelReport& report);
    void showStep(const StepMetrics& step);
    void showEnd(const RunEnded& end);
    void showExport(const QString& heading, const QString& text, bool failed);
    /// Redraws what follows the numbers; at most once a tick.
    void refresh();
    /// Export is possible when there is an adapter; otherwise the tooltip says `whyNot`.
    void setExportable(bool possible, const QString& whyNot);

    QPushButton* stopButton() const { return m_stop; }
    QPushButton* pauseButton() const { return m_pause; }
    QPushButton* exportButton() const { return m_export; }
    const LossChart* chart() const { return m_chart; }
    const Strip* strip() const { return m_strip; }
    QString stateText() const { return m_state->text(); }

Q_SIGNALS:
    void stopRequested();
    void pauseRequested(bool pause);
    void exportRequested();

private:
    QWidget* buildHeader();
    QWidget* buildProgress();
    QWidget* buildTiles();
    QWidget* buildChartCard();
    QWidget* buildTables(MetricsModel* metrics, LogModel* log);
    void refreshProgress();
    void refreshTiles();
    void setRunning(bool running);
    void setPaused(bool paused);

    MetricsModel* m_metrics;
    RunClock m_clock;
    bool m_running = false;
    bool m_paused = false;
    bool m_started = false; ///< the first step is known, so progress counts steps

    ElidedLabel* m_title = nullptr;
    Pill* m_state = nullptr;
    ElidedLabel* m_facts = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_export = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_step = nullptr;
    QLabel* m_epoch = nullptr;
    QLabel* m_elapsed = nullptr;
    QLabel* m_left = nullptr;
    Strip* m_strip = nullptr;
    MetricTile* m_training = nullptr;
    MetricTile* m_validation = nullptr;
    MetricTile* m_best = nullptr;
    MetricTile* m_speed = nullptr;
    MetricTile* m_rate = nullptr;
    MetricTile* m_norm = nullptr;
    LossChart* m_chart = nullptr;
    QTableView* m_log = nullptr;
};

} // namespace falconer::ui
