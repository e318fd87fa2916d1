// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/metric_tile.h"

namespace falconer::ui {

class RunController;

/// The numbers of the run, the newest ones.
class TrainTiles : public TileRow {
    Q_OBJECT

public:
    explicit TrainTiles(RunController& run, QWidget* parent = nullptr);
    /// Once a tick. `memory` is what the program holds, in bytes; 0: unknown.
    void refresh(std::int64_t memory);

private:
    void showTraining();
    void showValidation();

    RunController& m_run;
    MetricTile* m_training;
    MetricTile* m_validation;
    MetricTile* m_best;
    MetricTile* m_gap;
    MetricTile* m_speed;
    MetricTile* m_norm;
    MetricTile* m_rate;
    MetricTile* m_memory;
};

} // namespace falconer::ui
