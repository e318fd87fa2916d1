// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

class QLabel;
class QProgressBar;

namespace falconer::ui {

class Pill;
class Workspace;

/// What this machine trains on: graphics card, processor with the back end of its kernels, memory, room for runs.
class HomeMachine : public Card {
    Q_OBJECT

public:
    explicit HomeMachine(Workspace& workspace, QWidget* parent = nullptr);
    /// Memory and disk as they are now.
    void refresh();

private:
    void showMachine();

    Workspace& m_workspace;
    QLabel* m_gpu;
    Pill* m_gpuState;
    QLabel* m_gpuFacts;
    QLabel* m_cpu;
    Pill* m_cpuState;
    QLabel* m_cpuFacts;
    QProgressBar* m_memory;
    QLabel* m_memoryFacts;
    QLabel* m_disk;
};

} // namespace falconer::ui
