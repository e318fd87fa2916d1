// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/automation.h"

#include "core/base/memory.h"
#include "ui/main_window.h"
#include "ui/pages/train_page.h"
#include "ui/session/model_finder.h"
#include "ui/text/field_text.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace falconer::workbench {
namespace {

constexpr int kRequestWrong = 2;

/// Since the system started this process: its libraries were loaded before main() began.
double millisecondsSinceStart()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    timespec now{};
    if (!file.open(QIODevice::ReadOnly) || clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return 0;
    // The program's name, in brackets, may hold spaces; its start is the 22nd field, in ticks since the machine's.
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    const double ticks = fields.value(19).toDouble() / double(sysconf(_SC_CLK_TCK));
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - ticks) * 1e3;
}

} // namespace

Automation::Automation(Options options, ui::MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_window(window)
{
    ui::SessionBridge& bridge = m_window.workspace().run().bridge();
    connect(&bridge, &ui::SessionBridge::stepsDone, this, &Automation::onSteps);
    connect(&bridge, &ui::SessionBridge::ended, this, &Automation::onEnded);
    if (m_options.reportStart)
        QTimer::singleShot(0, this, &Automation::reportStart);
    // A model that the recipe names by its Hub id is known only after the search.
    if (m_options.start) {
        const ui::ModelFinder* finder = m_window.workspace().finder();
        connect(finder, &ui::ModelFinder::found, this, &Automation::startWhenReady, Qt::SingleShotConnection);
        connect(finder, &ui::ModelFinder::failed, this, &Automation::startWhenReady, Qt::SingleShotConnection);
    }
}

void Automation::reportStart()
{
    // What is still queued is layout and paint of the first page.
    QCoreApplication::sendPostedEvents();
    m_window.repaint();
    std::printf("{\"usable_ms\": %.0f, \"memory_mib\": %.1f}\n", millisecondsSinceStart(),
        double(processMemory().value_or(0)) / (1024.0 * 1024.0));
    std::fflush(stdout);
    QCoreApplication::exit(0);
}

void Automation::startWhenReady()
{
    if (m_started)
        return;
    m_started = true;
    ui::Workspace& workspace = m_window.workspace();
    workspace.startDraft();
    if (workspace.run().isRunning() || workspace.draft().readiness().ready())
        return;
    for (const ui::Obstacle& obstacle : workspace.draft().readiness().obstacles())
        std::fprintf(stderr, "%s\n", qPrintable(ui::sentence(obstacle)));
    if (m_options.quitAfterFinish)
        QCoreApplication::exit(kRequestWrong);
}

void Automation::onSteps(const std::vector<StepMetrics>& steps)
{
    if (m_pictureTaken || !m_options.screenshotAtStep || steps.back().step < *m_options.screenshotAtStep)
        return;
    m_window.page<ui::TrainPage>(ui::PageId::train)->refresh();
    m_exitCode = takeScreenshot() ? 0 : 1;
    m_options.quitAfterFinish = true;
    m_window.workspace().run().stop();
}

void Automation::onEnded(const RunEnded& end)
{
    for (const Fault& fault : end.faults)
        std::fprintf(stderr, "%s\n", sentence(fault).c_str());
    if (!m_pictureTaken) {
        m_exitCode = end.exitCode;
        if (!m_options.screenshot.isEmpty() && !takeScreenshot())
            m_exitCode = 1;
    }
    if (m_options.quitAfterFinish)
        QCoreApplication::exit(m_exitCode);
}

bool Automation::takeScreenshot()
{
    m_pictureTaken = true;
    // The window has just been told that the run ended; its layouts would follow in the next turn of the event loop.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QSaveFile file(m_options.screenshot);
    if (file.open(QIODevice::WriteOnly) && m_window.grab().save(&file, "PNG") && file.commit())
        return true;
    std::fprintf(
        stderr, "%s: cannot be written: %s.\n", qPrintable(m_options.screenshot), qPrintable(file.errorString()));
    return false;
}

} // namespace falconer::workbench
