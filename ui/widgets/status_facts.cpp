// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/status_facts.h"

#include "core/base/memory.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QLabel>
#include <QStatusBar>

namespace falconer::ui {
namespace {

constexpr int kMemoryMilliseconds = 5000;

} // namespace

StatusFacts::StatusFacts(Workspace& workspace, QStatusBar* bar)
    : QObject(bar)
    , m_workspace(workspace)
    , m_device(makeCaption({}, bar))
    , m_memory(makeCaption({}, bar))
    , m_backEnd(makeCaption({}, bar))
    , m_offline(makeCaption({}, bar))
{
    const int u = unit(bar);
    for (QLabel* label : {m_device, m_memory, m_backEnd}) {
        label->setContentsMargins(0, 0, 3 * u, 0);
        bar->addWidget(label);
    }
    bar->addPermanentWidget(m_offline);
    bar->setSizeGripEnabled(false);
    bar->setContentsMargins(3 * u, 0, 3 * u, 0);
    m_device->setToolTip(tr("What a run with device: auto trains on"));
    m_memory->setToolTip(tr("Memory in use, of what this machine has"));
    m_backEnd->setToolTip(tr("Instructions that the CPU kernels use, and threads"));
    m_offline->setToolTip(tr("Falconer sends nothing by itself; Settings > Privacy says more"));
    connect(&workspace, &Workspace::machineKnown, this, &StatusFacts::showDevice);
    connect(&workspace.settings(), &AppSettings::changed, this, &StatusFacts::showDevice);
    connect(&m_timer, &QTimer::timeout, this, &StatusFacts::showMemory);
    m_timer.start(kMemoryMilliseconds);
    showDevice();
    showMemory();
}

void StatusFacts::say(const QString& text) { m_device->setText(text); }

void StatusFacts::showDevice()
{
    m_offline->setText(m_workspace.settings().offline() ? tr("Offline") : tr("Local"));
    const auto& machine = m_workspace.machine();
    if (!machine) {
        m_device->setText(tr("Looking at this machine"));
        return;
    }
    m_device->setText(machine->gpuUsable ? tr("%1 · CUDA").arg(toQString(machine->gpus.front().name)) : tr("CPU"));
    m_backEnd->setText(tr("%1 · %n thread(s)", nullptr, machine->threads).arg(toQString(machine->backEnd)));
}

void StatusFacts::showMemory()
{
    const MachineMemory memory = machineMemory();
    if (memory.total > 0)
        m_memory->setText(
            tr("%1 of %2 GiB in use").arg(gibNumber(memory.total - memory.available, 1), gibNumber(memory.total, 1)));
}

} // namespace falconer::ui
