// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointF>

#include <array>
#include <vector>

class QTabWidget;
class QVBoxLayout;
class QWidget;

namespace falconer::ui {

class RunController;
class SmallChart;

/// The charts beside the loss: learning rate, gradient norm, speed, memory. They stand in a column, or as tabs where
/// there is no room for one.
class TrainSide : public QObject {
    Q_OBJECT

public:
    /// `column` is an empty widget that the charts fill; `tabs` takes them when it is narrow.
    TrainSide(RunController& run, QWidget* column, QTabWidget* tabs);

    void setNarrow(bool narrow);
    /// Once a tick. `memory` in bytes; 0: unknown.
    void refresh(std::int64_t memory);

private:
    enum Kind { rate, norm, speed, memoryUse, kinds };

    void begin();

    RunController& m_run;
    QWidget* m_column;
    QVBoxLayout* m_layout;
    QTabWidget* m_tabs;
    bool m_narrow = false;
    std::array<SmallChart*, kinds> m_charts{};
    std::array<QString, kinds> m_titles;
    std::array<std::vector<QPointF>, kinds> m_points;
};

} // namespace falconer::ui
