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
#include "ui/widgets/status_facts.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tour.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

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
    connect(m_notifier, &Notifier::activated, this, [this] {
        QMainWindow::show();
        raise();
        activateWindow();
        show(PageId::train);
    });
    connect(m_rail, &Rail::chosen, this, qOverload<PageId>(&MainWindow::show));
    connect(&m_workspace, &Workspace::pageRequested, this, qOverload<PageId>(&MainWindow::show));
    connect(&m_workspace, &Workspace::tourRequested, m_tour, &Tour::begin);
    connect(m_tour, &Tour::pageWanted, this, qOverload<PageId>(&MainWindow::show));
    connect(m_tour, &Tour::ended, this, [this] { m_workspace.settings().setTourSeen(true); });
    connect(&m_workspace.draft(), &RecipeDraft::readinessChanged, this, &MainWindow::updateActions);
    connect(&m_workspace.run(), &RunController::stateChanged, this, &MainWindow::updateActions);
    connect(&m_workspace.run(), &RunController::ended, this, [this] {
        if (m_closing)
            close();
    });
    connect(&m_workspace.run(), &RunController::verdictChanged, this, [this] {
        const auto& verdict = m_workspace.run().verdict();
        m_rail->setAlert(PageId::train,
            verdict && verdict->state == SentinelState::overfitting ? verdictHeading(*verdict) : QString());
    });
    connect(&m_workspace.run(), &RunController::began, this, [this] { m_rail->setAlert(PageId::train, {}); });
    connect(&m_workspace.settings(), &AppSettings::changed, this,
        [this] { m_theme.setChoice(m_workspace.settings().theme()); });
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
        m_stack->addWidget(page);
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
    m_stack->setCurrentWidget(shown);
    // The page's own keys work at once, and Tab goes to its first control.
    shown->setFocus(Qt::OtherFocusReason);
    m_rail->setCurrent(page);
    setWindowTitle(tr("%1 — Falconer").arg(Rail::name(page)));
    updateActions();
}

void MainWindow::updateActions()
{
    const RunController& run = m_workspace.run();
    const bool busy = run.isRunning() && !m_workspace.run().bridge().isStopping();
    m_start->setText(run.isPaused() ? tr("Re&sume training") : tr("&Start training"));
    // In the playground the same keys send what was written.
    m_start->setShortcut(m_current == PageId::playground ? QKeySequence() : QKeySequence(tr("Ctrl+Return")));
    m_start->setEnabled(run.isPaused() || m_workspace.draft().readiness().ready());
    m_pause->setText(run.isPaused() ? tr("&Resume") : tr("&Pause"));
    for (QAction* action : {m_pause, m_stop, m_save})
        action->setEnabled(busy);
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
    const auto best = m_workspace.run().metrics()->best();
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("A run is going on"), tr("What shall become of the run?"), QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("closeBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("Paused, it is saved at this step, and Home offers to go on with it. Stopped, it hands over "
           "its adapter%1 as well.")
            .arg(best ? tr(" of step %1, the best one,").arg(best->step) : QString()));
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
    for (QPushButton* each : {pause, stop})
        connect(each, &QPushButton::clicked, this, &MainWindow::stopAndClose);
    box->open();
}

void MainWindow::stopAndClose()
{
    // A pause that outlives the program is a checkpoint to resume from, which is what a stop leaves as well.
    m_closing = true;
    m_workspace.queue().stopAfterThis();
    m_workspace.run().stop();
    centralWidget()->setEnabled(false);
    m_status->say(tr("Stopping and saving; the window closes when that is done"));
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
    show(page > 0 && page < kPageCount ? static_cast<PageId>(page) : PageId::home);
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
