// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "ui/models/log_model.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/run_monitor.h"
#include "ui/pages/train_page.h"
#include "ui/text/fault_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>

#include <algorithm>
#include <array>

namespace falconer::ui {
namespace {

constexpr auto kThemeKey = "theme";
constexpr auto kGeometryKey = "geometry";

/// A dialog that asks for a recipe's file; it opens beside the event loop, never inside one of its own.
QFileDialog* makeRecipeDialog(QWidget* parent, const QString& title)
{
    auto* dialog = new QFileDialog(parent, title, {}, MainWindow::tr("Recipes (*.yaml *.yml *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

} // namespace

MainWindow::MainWindow(Services services, Theme& theme, QWidget* parent)
    : QMainWindow(parent)
    , m_page(new TrainPage(std::move(services), this))
{
    setWindowTitle(QStringLiteral("Falconer"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/falconer.svg")));
    setCentralWidget(m_page);
    buildMenus(theme);
    buildStatusBar();
    connect(m_page, &TrainPage::readinessChanged, this, &MainWindow::updateActions);
    connect(m_page, &TrainPage::runningChanged, this, &MainWindow::updateActions);
    connect(m_page, &TrainPage::exportableChanged, this, &MainWindow::updateActions);
    connect(m_page->bridge(), &SessionBridge::ended, this, [this] {
        if (m_closing)
            close();
    });
    updateActions();
    resize(1440, 900);
    restoreLayout();
}

Theme::Choice MainWindow::savedTheme()
{
    const int saved = QSettings().value(QLatin1String(kThemeKey)).toInt();
    return static_cast<Theme::Choice>(std::clamp(saved, 0, static_cast<int>(Theme::Choice::dark)));
}

void MainWindow::buildMenus(Theme& theme)
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    m_open = file->addAction(tr("&Open recipe…"), QKeySequence::Open, this, &MainWindow::askForRecipe);
    file->addAction(tr("&Save recipe as…"), QKeySequence::Save, this, &MainWindow::askWhereToSave);
    file->addSeparator();
    m_export = file->addAction(tr("&Export adapter…"), m_page, &TrainPage::exportAdapter);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    QMenu* run = menuBar()->addMenu(tr("&Run"));
    m_start = run->addAction(icon(QStringLiteral("start")), tr("&Start training"), QKeySequence(tr("Ctrl+Return")),
        m_page, &TrainPage::start);
    m_stop = run->addAction(
        icon(QStringLiteral("stop")), tr("S&top"), QKeySequence(tr("Ctrl+.")), m_page, &TrainPage::stop);

    m_pause = run->addAction(icon(QStringLiteral("pause")), tr("&Pause or resume"), QKeySequence(tr("Ctrl+P")), this,
        [this] { m_page->monitor()->pauseButton()->click(); });

    QMenu* view = menuBar()->addMenu(tr("&View"));
    auto* group = new QActionGroup(this);
    const std::array names{tr("As the &system"), tr("&Light"), tr("&Dark")};
    for (int i = 0; i < static_cast<int>(names.size()); ++i) {
        const auto choice = static_cast<Theme::Choice>(i);
        QAction* action = view->addAction(names[static_cast<std::size_t>(i)]);
        action->setCheckable(true);
        action->setChecked(theme.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [&theme, choice] {
            theme.setChoice(choice);
            QSettings().setValue(QLatin1String(kThemeKey), static_cast<int>(choice));
        });
    }
}

void MainWindow::buildStatusBar()
{
    m_device = makeCaption(tr("The device is chosen when a run starts"), this);
    statusBar()->addWidget(m_device);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(3 * unit(this), 0, 3 * unit(this), 0);
    connect(m_page->bridge(), &SessionBridge::runStarted, this,
        [this](const RunStarted& run) { m_device->setText(QString::fromStdString(run.device)); });
}

void MainWindow::updateActions()
{
    const bool running = m_page->bridge()->isRunning();
    m_start->setEnabled(m_page->readiness().ready());
    m_stop->setEnabled(running && !m_page->bridge()->isStopping());
    m_pause->setEnabled(m_stop->isEnabled());
    m_export->setEnabled(m_page->canExport());
    m_open->setEnabled(!running);
}

void MainWindow::askForRecipe()
{
    QFileDialog* dialog = makeRecipeDialog(this, tr("Open a recipe"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { openRecipe(file); });
    dialog->open();
}

void MainWindow::askWhereToSave()
{
    QFileDialog* dialog = makeRecipeDialog(this, tr("Save the recipe"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { saveRecipe(file); });
    dialog->open();
}

std::vector<Fault> MainWindow::openRecipe(const QString& file, const std::vector<std::string>& overrides)
{
    try {
        m_page->setRecipe(loadRecipe(file.toStdString(), overrides));
        return {};
    } catch (const Error& error) {
        showFaults(error.faults());
        return error.faults();
    }
}

std::vector<Fault> MainWindow::saveRecipe(const QString& file)
{
    try {
        writeFile(file.toStdString(), writeRecipe(m_page->recipe().recipe));
        m_page->log()->append(LogModel::Level::info, tr("Recipe saved to %1").arg(file));
        return {};
    } catch (const Error& error) {
        showFaults(error.faults());
        return error.faults();
    }
}

void MainWindow::showFaults(const std::vector<Fault>& faults)
{
    m_page->monitor()->showExport(heading(faults.front().code), describe(faults), true);
    m_page->log()->append(LogModel::Level::error, describe(faults));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_page->bridge()->isRunning()) {
        m_closing = true;
        m_page->stop();
        m_page->setEnabled(false);
        m_device->setText(tr("Stopping and saving; the window closes when that is done"));
        event->ignore();
        return;
    }
    saveLayout();
    event->accept();
    Q_EMIT closed();
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    restoreGeometry(settings.value(QLatin1String(kGeometryKey)).toByteArray());
    for (QSplitter* splitter : findChildren<QSplitter*>())
        splitter->restoreState(settings.value(splitter->objectName()).toByteArray());
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    settings.setValue(QLatin1String(kGeometryKey), saveGeometry());
    for (const QSplitter* splitter : findChildren<QSplitter*>())
        settings.setValue(splitter->objectName(), splitter->saveState());
}

} // namespace falconer::ui
