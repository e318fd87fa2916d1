// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home_machine.h"

#include "core/base/memory.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/text_labels.h"

#include <QDir>
#include <QGridLayout>
#include <QProgressBar>
#include <QStorageInfo>

namespace falconer::ui {

HomeMachine::HomeMachine(Workspace& workspace, QWidget* parent)
    : Card(tr("This machine"), parent)
    , m_workspace(workspace)
    , m_gpu(makeHeading(tr("Looking at this machine"), this))
    , m_gpuState(new Pill(this))
    , m_gpuFacts(makeCaption({}, this))
    , m_cpu(makeHeading({}, this))
    , m_cpuState(new Pill(this))
    , m_cpuFacts(makeCaption({}, this))
    , m_memory(new QProgressBar(this))
    , m_memoryFacts(makeCaption({}, this))
    , m_disk(makeCaption({}, this))
{
    const int u = unit(this);
    for (QLabel* label : {m_gpu, m_gpuFacts, m_cpu, m_cpuFacts, m_memoryFacts, m_disk})
        label->setWordWrap(true);
    m_memory->setTextVisible(false);
    m_memory->setFixedHeight(u + u / 2);
    m_memory->setRange(0, 1000);
    m_memory->setAccessibleName(tr("Memory in use"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * u);
    grid->setVerticalSpacing(u);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new IconLabel(QStringLiteral("gpu"), Token::text2, this), 0, 0, Qt::AlignTop);
    grid->addWidget(m_gpu, 0, 1);
    grid->addWidget(m_gpuState, 0, 2, Qt::AlignTop);
    grid->addWidget(m_gpuFacts, 1, 1, 1, 2);
    grid->setRowMinimumHeight(2, 2 * u);
    grid->addWidget(new IconLabel(QStringLiteral("cpu"), Token::text2, this), 3, 0, Qt::AlignTop);
    grid->addWidget(m_cpu, 3, 1);
    grid->addWidget(m_cpuState, 3, 2, Qt::AlignTop);
    grid->addWidget(m_cpuFacts, 4, 1, 1, 2);
    grid->addWidget(m_memory, 5, 1, 1, 2);
    grid->addWidget(m_memoryFacts, 6, 1, 1, 2);
    grid->setRowMinimumHeight(7, 2 * u);
    grid->addWidget(new IconLabel(QStringLiteral("save"), Token::text2, this), 8, 0, Qt::AlignTop);
    grid->addWidget(m_disk, 8, 1, 1, 2);
    body()->addLayout(grid);
    m_gpuState->hide();
    m_cpuState->hide();
    connect(&workspace, &Workspace::machineKnown, this, &HomeMachine::showMachine);
    showMachine();
    refresh();
}

void HomeMachine::refresh()
{
    const MachineMemory memory = machineMemory();
    if (memory.total > 0) {
        const std::int64_t used = memory.total - memory.available;
        m_memory->setValue(static_cast<int>(1000 * used / memory.total));
        m_memoryFacts->setText(tr("%1 of %2 GiB memory in use").arg(gibNumber(used, 1), gibNumber(memory.total, 1)));
    }
    // The folder itself may not be there yet; the nearest one above it lies on the same disk.
    QDir folder(QString::fromStdString(m_workspace.runsFolder().string()));
    const QString shown = QDir::toNativeSeparators(folder.path());
    // It need not be there yet, and cdUp() does not leave what is not there.
    while (!folder.exists() && !folder.isRoot())
        folder.setPath(QFileInfo(folder.path()).path());
    const qint64 room = QStorageInfo(folder).bytesAvailable();
    m_disk->setText(tr("Runs go to %1 · %2 GB free").arg(shown).arg(room / 1'000'000'000));
}

void HomeMachine::showMachine()
{
    if (!m_workspace.machine())
        return;
    const MachineFacts& facts = *m_workspace.machine();
    if (facts.gpus.empty()) {
        m_gpu->setText(tr("No NVIDIA graphics card"));
        m_gpuFacts->setText(tr("Training runs on the processor."));
    } else {
        m_gpu->setText(toQString(facts.gpus.front().name));
        m_gpuFacts->setText(
            facts.gpuUsable ? tr("%1 memory").arg(gibText(facts.gpus.front().bytes, 1)) : toQString(facts.gpuProblem));
        m_gpuState->set(facts.gpuUsable ? tr("In use") : tr("Not usable"),
            facts.gpuUsable ? Pill::Meaning::info : Pill::Meaning::warn);
        m_gpuState->show();
    }
    m_cpu->setText(facts.processor.empty() ? tr("Processor") : toQString(facts.processor));
    m_cpuFacts->setText(tr("%n thread(s) · kernels: %1", nullptr, facts.threads).arg(toQString(facts.backEnd)));
    m_cpuState->set(
        facts.gpuUsable ? tr("Fallback") : tr("In use"), facts.gpuUsable ? Pill::Meaning::quiet : Pill::Meaning::info);
    m_cpuState->show();
}

} // namespace falconer::ui
