// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/models/metrics_model.h"
#include "ui/pages/data_page.h"
#include "ui/pages/export_page.h"
#include "ui/pages/home_page.h"
#include "ui/pages/model_page.h"
#include "ui/pages/playground_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/settings_page.h"
#include "ui/pages/train_page.h"
#include "ui/session/model_finder.h"
#include "ui/session/notifier.h"
#include "ui/session/queue_runner.h"
#include "ui/text/verdict_text.h"
#include "ui/theme/style.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/status_facts.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tour.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace falconer::ui {
namespace {

constexpr auto kGeometryKey = "geometry";
constexpr auto kPageKey = "page";
/// Narrower than this the rail keeps its icons only.
constexpr int kWide = 1180;
constexpr int kPrepareMilliseconds = 400;

template <typename Page>
QWidget* make(Workspace& workspace, QWidget* parent)
{
    return new Page(workspace, parent);
}

/// In the order of PageId.
constexpr std::array<QWidget* (*)(Workspace&, QWidget*), kPageCount> kMakePage{make<HomePage>, make<ModelPage>,
    make<DataPage>, make<RecipePage>, make<TrainPage>, make<RunsPage>, make<PlaygroundPage>, make<ExportPage>,
    make<SettingsPage>};

} // namespace

MainWindow::MainWindow(Services services, Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_workspace(std::move(services))
    , m_theme(theme)
    , m_rail(new Rail(this))
    , m_stack(new QStackedWidget(this))
{
    setWindowIcon(QIcon(QStringLiteral(":/icons/falconer.svg")));
    auto* center = new QWidget(this);
    auto* layout = new QHBoxLayout(center);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addWidget(m_stack, 1);
    setCentralWidget(center);
    m_tour = new Tour(m_rail, this);
    buildMenus();
    m_status = new StatusFacts(m_workspace, statusBar());
    m_notifier = new Notifier(m_workspace, this);
    const auto comeBack = [this] {
        QMainWindow::show();
        raise();
        activateWindow();
        show(PageId::train);
    };
    connect(m_notifier, &Notifier::activated, this, comeBack);
    connect(m_notifier, &Notifier::quitRequested, this, [this, comeBack] {
        if (m_workspace.run().isRunning())
            comeBack(); // the question about the run wants to be seen
        close();
    });
    connect(m_rail, &Rail::chosen, this, qOverload<PageId>(&MainWindow::show));
    connect(&m_workspace, &Workspace::pageRequested, this, qOverload<PageId>(&MainWindow::show));
    connect(&m_workspace, &Workspace::tourRequested, m_tour, &Tour::begin);
    connect(m_tour, &Tour::pageWanted, this, qOverload<PageId>(&MainWindow::show));
    connect(m_tour, &Tour::ended, this, [this] { m_workspace.settings().setTourSeen(true); });
    connect(&m_workspace.draft(), &RecipeDraft::readinessChanged, this, &MainWindow::updateActions);
    connect(&m_workspace.run(), &RunController::stateChanged, this, &MainWindow::updateActions);
    connect(&m_workspace.run(), &RunController::ended, this, &MainWindow::onRunEnded);
    connect(&m_workspace.run(), &RunController::verdictChanged, this, [this] {
        const auto& verdict = m_workspace.run().verdict();
        m_rail->setAlert(PageId::train,
            verdict && verdict->state == SentinelState::overfitting ? verdictHeading(*verdict) : QString());
    });
    connect(&m_workspace.run(), &RunController::began, this, [this] { m_rail->setAlert(PageId::train, {}); });
    // Only its own change: what the command line asked for holds while other settings are edited.
    connect(
        &m_workspace.settings(), &AppSettings::changed, this, [this, last = m_workspace.settings().theme()]() mutable {
            if (const Theme::Choice now = m_workspace.settings().theme(); now != std::exchange(last, now))
                m_theme.setChoice(now);
        });
    connect(&m_prepare, &QTimer::timeout, this, &MainWindow::preparePage);
    resize(1440, 900);
    setMinimumSize(1024, 700);
    restoreLayout();
    updateActions();
    m_workspace.lookAround();
}

MainWindow::~MainWindow() = default;

QWidget* MainWindow::pageWidget(PageId id)
{
    QWidget*& page = m_pages[static_cast<std::size_t>(id)];
    if (!page) {
        page = kMakePage[static_cast<std::size_t>(id)](m_workspace, m_stack);
        // In a large font a page may be higher than the window.
        m_stack->addWidget(makeScrollArea(page, m_stack));
        const QSettings settings;
        for (QSplitter* splitter : page->findChildren<QSplitter*>())
            if (!splitter->objectName().isEmpty())
                splitter->restoreState(settings.value(splitter->objectName()).toByteArray());
    }
    return page;
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    m_notifier->hideTray();
    m_prepare.start(kPrepareMilliseconds);
}

void MainWindow::preparePage()
{
    if (m_workspace.run().isRunning())
        return;
    const auto missing = std::find(m_pages.begin(), m_pages.end(), nullptr);
    if (missing == m_pages.end())
        m_prepare.stop();
    else
        pageWidget(static_cast<PageId>(missing - m_pages.begin()));
}

void MainWindow::show(PageId page)
{
    m_current = page;
    QWidget* shown = pageWidget(page);
    m_stack->setCurrentWidget(shown->parentWidget()->parentWidget()); // its scroll area, beyond the viewport
    // The page's own keys work at once, and Tab goes to its first control; a page that has put the focus somewhere
    // itself knows better.
    if (!shown->isAncestorOf(QApplication::focusWidget()))
        shown->setFocus(Qt::OtherFocusReason);
    m_rail->setCurrent(page);
    setWindowTitle(tr("%1 — Falconer").arg(Rail::name(page)));
    updateActions();
}

void MainWindow::updateActions()
{
    const RunController& run = m_workspace.run();
    const bool busy = run.isRunning() && !m_workspace.run().bridge().isStopping();
    const bool resumes = run.isPaused() || resumesRun();
    m_start->setText(resumes ? tr("Re&sume training") : tr("&Start training"));
    // In the playground the same keys send what was written.
    m_start->setShortcut(m_current == PageId::playground ? QKeySequence() : QKeySequence(tr("Ctrl+Return")));
    m_start->setEnabled(resumes || !run.isRunning());
    m_start->setToolTip(m_start->isEnabled() ? QString() : tr("A run is going on"));
    m_pause->setText(run.isPaused() || run.isPausing() ? tr("&Resume") : tr("&Pause"));
    for (QAction* action : {m_pause, m_stop, m_save}) {
        action->setEnabled(busy);
        action->setToolTip(busy ? QString() : run.isRunning() ? tr("The run is stopping") : tr("Nothing is training"));
    }
    const QKeySequence open(tr("Ctrl+O"));
    m_openData->setShortcut(m_current == PageId::data ? open : QKeySequence());
    m_openRecipe->setShortcut(m_current == PageId::data ? QKeySequence() : open);
    // The Recipe page has a card for it.
    m_help->setShortcut(m_current == PageId::recipe ? QKeySequence() : QKeySequence(Qt::Key_F1));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_workspace.run().isRunning()) {
        event->ignore();
        if (!m_closing)
            askBeforeClosing();
        return;
    }
    saveLayout();
    event->accept();
    Q_EMIT closed();
}

void MainWindow::askBeforeClosing()
{
    if (m_closeBox)
        return m_closeBox->raise();
    const auto best = m_workspace.run().metrics()->best();
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("A run is going on"), tr("Keep training, pause or stop?"), QMessageBox::Cancel, this);
    m_closeBox = box;
    box->setObjectName(QStringLiteral("closeBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->button(QMessageBox::Cancel)->setText(tr("Keep &training"));
    box->setInformativeText(
        tr("Paused, it is saved at this step, and Home offers to go on with it. Stopped, it is over and hands over "
           "its adapter%1; it can still be resumed.")
            .arg(best ? tr(" of step %1, the best one").arg(best->step) : QString()));
    if (m_notifier->hasTray()) {
        QPushButton* tray = box->addButton(tr("&Keep going in the tray"), QMessageBox::ActionRole);
        tray->setObjectName(QStringLiteral("keepGoing"));
        box->setDefaultButton(tray);
        connect(tray, &QPushButton::clicked, this, [this] {
            m_notifier->showTray();
            hide();
        });
    }
    QPushButton* pause = box->addButton(tr("&Pause and close"), QMessageBox::ActionRole);
    QPushButton* stop = box->addButton(tr("&Stop and close"), QMessageBox::ActionRole);
    pause->setObjectName(QStringLiteral("pauseAndClose"));
    stop->setObjectName(QStringLiteral("stopAndClose"));
    connect(pause, &QPushButton::clicked, this, &MainWindow::pauseAndClose);
    connect(stop, &QPushButton::clicked, this, &MainWindow::stopAndClose);
    box->open();
}

void MainWindow::pauseAndClose()
{
    // A pause that outlives the program is a checkpoint to resume from.
    m_workspace.queue().stopAfterThis();
    m_workspace.run().suspend();
    closeAfterRun();
}

void MainWindow::stopAndClose()
{
    m_workspace.queue().stopAfterThis();
    m_workspace.run().stop();
    closeAfterRun();
}

void MainWindow::closeAfterRun()
{
    // It may have ended while the question stood there.
    if (!m_workspace.run().isRunning()) {
        close();
        return;
    }
    m_closing = true;
    centralWidget()->setEnabled(false);
    m_status->say(tr("Stopping and saving; the window closes when that is done"));
}

void MainWindow::onRunEnded(const RunEnded& end)
{
    if (m_closeBox)
        m_closeBox->close(); // there is nothing left to ask
    if (!std::exchange(m_closing, false))
        return;
    centralWidget()->setEnabled(true);
    if (end.state != SessionState::failed) {
        close();
        return;
    }
    // What could not be saved must not go unseen.
    m_status->showDevice();
    QMainWindow::show();
    show(PageId::train);
}

void MainWindow::movePane(int direction)
{
    QWidget* page = m_stack->currentWidget();
    std::vector<QWidget*> panes;
    for (QFrame* card : page->findChildren<QFrame*>())
        if (card->isVisible() && card->property("card").toBool())
            panes.push_back(card);
    if (panes.empty())
        return;
    const QWidget* focus = QApplication::focusWidget();
    const auto at
        = std::find_if(panes.begin(), panes.end(), [&](QWidget* pane) { return focus && pane->isAncestorOf(focus); });
    const int count = static_cast<int>(panes.size());
    int index = at == panes.end() ? (direction > 0 ? -1 : 0) : static_cast<int>(at - panes.begin());
    for (int tried = 0; tried < count; ++tried) {
        index = (index + direction + count) % count;
        for (QWidget* child : panes[static_cast<std::size_t>(index)]->findChildren<QWidget*>()) {
            if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
                child->setFocus(Qt::ShortcutFocusReason);
                return;
            }
        }
    }
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    const bool narrow = width() < kWide;
    if (narrow != m_rail->isNarrow())
        m_rail->setNarrow(narrow);
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    restoreGeometry(settings.value(QLatin1String(kGeometryKey)).toByteArray());
    const int page = settings.value(QLatin1String(kPageKey)).toInt();
    // On the Train page there is nothing to see yet; Home says how the last run can go on.
    const bool shows = page > 0 && page < kPageCount && static_cast<PageId>(page) != PageId::train;
    show(shows ? static_cast<PageId>(page) : PageId::home);
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    settings.setValue(QLatin1String(kGeometryKey), saveGeometry());
    settings.setValue(QLatin1String(kPageKey), static_cast<int>(m_current));
    for (const QSplitter* splitter : findChildren<QSplitter*>())
        if (!splitter->objectName().isEmpty())
            settings.setValue(splitter->objectName(), splitter->saveState());
}

} // namespace falconer::ui
