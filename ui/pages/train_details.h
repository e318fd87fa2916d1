// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>

class QPlainTextEdit;

namespace falconer::ui {

class CheckpointsModel;
class SamplesModel;
class Workspace;

/// The tabs below the chart: samples, log, checkpoints, the chart's values, the frozen recipe. A narrow page puts its
/// side charts here as well.
class TrainDetails : public QTabWidget {
    Q_OBJECT

public:
    explicit TrainDetails(Workspace& workspace, QWidget* parent = nullptr);
    /// The tab with the chart's values, for those who cannot see the chart.
    void showValues();

private:
    QWidget* buildSamples();
    QWidget* buildLog();
    QWidget* buildCheckpoints();
    QWidget* buildValues();
    QWidget* buildRecipe();
    void connectRun();
    void showCheckpoints();
    void tryOutCheckpoint(int row);

    Workspace& m_workspace;
    SamplesModel* m_samples;
    CheckpointsModel* m_checkpoints;
    QPlainTextEdit* m_recipe = nullptr;
    QWidget* m_values = nullptr;
};

} // namespace falconer::ui
