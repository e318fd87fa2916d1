// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/automation.h"

#include "ui/main_window.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/run_monitor.h"
#include "ui/pages/train_page.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <cstdio>

namespace falconer::workbench {
namespace {

constexpr int kRequestWrong = 2;

} // namespace

Automation::Automation(Options options, ui::MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_window(window)
{
    ui::TrainPage* page = m_window.trainPage();
    connect(page->bridge(), &ui::SessionBridge::stepsDone, this, &Automation::onSteps);
    connect(page->bridge(), &ui::SessionBridge::ended, this, &Automation::onEnded);
    // A model that the recipe names by its Hub id is known only after the search.
    if (m_options.start)
        connect(page, &ui::TrainPage::modelsSearched, this, &Automation::startWhenReady, Qt::SingleShotConnection);
}

void Automation::startWhenReady()
{
    ui::TrainPage* page = m_window.trainPage();
    if (page->readiness().ready()) {
        page->start();
        return;
    }
    std::fprintf(stderr, "%s\n", qPrintable(page->readinessCard()->summary()));
    if (m_options.quitAfterFinish)
        QCoreApplication::exit(kRequestWrong);
}

void Automation::onSteps(const std::vector<StepMetrics>& steps)
{
    if (m_pictureTaken || !m_options.screenshotAtStep || steps.back().step < *m_options.screenshotAtStep)
        return;
    m_window.trainPage()->monitor()->refresh();
    m_exitCode = takeScreenshot() ? 0 : 1;
    m_options.quitAfterFinish = true;
    m_window.trainPage()->stop();
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
