// SPDX-License-Identifier: GPL-3.0-or-later
// The window's menus, and the dialogs that they open; the rest of the window is in main_window.cpp.
#include "ui/main_window.h"

#include "ui/pages/data_files.h"
#include "ui/pages/file_dialogs.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/train_page.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/shortcuts_dialog.h"
#include "ui/widgets/tour.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QWhatsThis>

namespace falconer::ui {
namespace {

constexpr int kMessageMilliseconds = 10'000;

QString recipeFilter() { return MainWindow::tr("Recipes (*.yaml *.yml *.json);;All files (*)"); }

} // namespace

void MainWindow::buildMenus()
{
    buildFileMenu();
    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = m_workspace.draft().undoStack()->createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence(tr("Ctrl+Z")));
    QAction* redo = m_workspace.draft().undoStack()->createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence(tr("Ctrl+Shift+Z")));
    undo->setIcon(icon(QStringLiteral("undo")));
    redo->setIcon(icon(QStringLiteral("redo")));
    edit->addActions({undo, redo});

    QMenu* view = menuBar()->addMenu(tr("&View"));
    for (int i = 0; i < kPageCount; ++i) {
        const auto page = static_cast<PageId>(i);
        const bool settings = page == PageId::settings;
        if (settings)
            view->addSeparator();
        view->addAction(Rail::name(page), QKeySequence(settings ? tr("Ctrl+,") : QStringLiteral("Ctrl+%1").arg(i + 1)),
            this, [this, page] { show(page); });
    }
    view->addSeparator();
    view->addAction(tr("&Next pane"), QKeySequence(tr("F6")), this, [this] { movePane(1); });
    view->addAction(tr("&Previous pane"), QKeySequence(tr("Shift+F6")), this, [this] { movePane(-1); });
    buildRunMenu();
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    m_help = help->addAction(tr("&Help for the field"), this, &MainWindow::helpForField);
    help->addAction(tr("&Take the tour"), m_tour, &Tour::begin);
    help->addAction(tr("&Keyboard shortcuts"), this, [this] {
        auto* dialog = new ShortcutsDialog(menuBar(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    help->addAction(tr("&About Falconer"), this, [this] {
        auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Falconer"),
            tr("Falconer %1").arg(QApplication::applicationVersion()), QMessageBox::Close, this);
        box->setInformativeText(tr("A workbench for fine-tuning language models. The window is licensed under the "
                                   "GPL 3.0 or later, the engine under the Apache License 2.0."));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
}

void MainWindow::buildFileMenu()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&New recipe"), QKeySequence(tr("Ctrl+N")), this, [this] {
        m_workspace.newRecipe();
        show(PageId::recipe);
    });
    m_openRecipe = file->addAction(tr("&Open recipe…"), this, &MainWindow::askForRecipe);
    file->addAction(tr("&Save recipe"), QKeySequence(tr("Ctrl+S")), this, [this] {
        const std::string opened = m_workspace.draft().recipe().file.string();
        opened.empty() ? askWhereToSave() : saveRecipe(toQString(opened));
    });
    file->addAction(tr("Save recipe &as…"), QKeySequence(tr("Ctrl+Shift+S")), this, &MainWindow::askWhereToSave);
    file->addSeparator();
    QMenu* model = makeModelMenu(this, [this](const QString& path) { openModel(path); });
    model->setTitle(tr("Open &model"));
    file->addMenu(model);
    m_openData = file->addAction(tr("Open &data…"), this, &MainWindow::askForData);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, &QWidget::close);
}

void MainWindow::buildRunMenu()
{
    RunController& controller = m_workspace.run();
    QMenu* run = menuBar()->addMenu(tr("&Run"));
    run->setToolTipsVisible(true);
    m_start = run->addAction(icon(QStringLiteral("start")), tr("&Start training"), QKeySequence(tr("Ctrl+Return")),
        this, &MainWindow::startOrResume);
    m_pause = run->addAction(icon(QStringLiteral("pause")), tr("&Pause"), QKeySequence(tr("Ctrl+.")), this,
        [&controller] { controller.setPaused(!controller.isPaused() && !controller.isPausing()); });
    m_stop = run->addAction(
        icon(QStringLiteral("stop")), tr("S&top and keep…"), QKeySequence(tr("Ctrl+Shift+.")), this, [this] {
            show(PageId::train);
            page<TrainPage>(PageId::train)->askToStop();
        });
    m_save = run->addAction(icon(QStringLiteral("save")), tr("Save &checkpoint now"), QKeySequence(tr("Ctrl+K")),
        &controller, &RunController::saveNow);
}

void MainWindow::startOrResume()
{
    RunController& run = m_workspace.run();
    if (run.isPaused())
        return run.setPaused(false);
    if (resumesRun())
        return m_workspace.resumeRun(run.folder());
    RecipeDraft& draft = m_workspace.draft();
    draft.judge();
    if (draft.readiness().ready())
        return m_workspace.startDraft();
    // The key does something even when it cannot start: it leads to what is missing.
    show(PageId::recipe);
    if (!draft.readiness().ready())
        statusBar()->showMessage(sentence(draft.readiness().obstacles().front()), kMessageMilliseconds);
}

bool MainWindow::resumesRun() { return m_current == PageId::train && m_workspace.run().isResumable(); }

void MainWindow::askForRecipe()
{
    askForFile(this, tr("Open a recipe"), recipeFilter(), [this](const QString& file) {
        show(PageId::recipe);
        page<RecipePage>(PageId::recipe)->showFaults(m_workspace.openRecipe(file));
    });
}

void MainWindow::askWhereToSave()
{
    auto* dialog = new QFileDialog(this, tr("Save the recipe"), {}, recipeFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveRecipe);
    dialog->open();
}

void MainWindow::saveRecipe(const QString& file)
{
    if (const std::vector<Fault> faults = m_workspace.saveRecipe(file); !faults.empty()) {
        show(PageId::recipe);
        page<RecipePage>(PageId::recipe)->showFaults(faults);
        return;
    }
    statusBar()->showMessage(tr("Recipe saved to %1").arg(QDir::toNativeSeparators(file)), kMessageMilliseconds);
}

void MainWindow::openModel(const QString& path)
{
    m_workspace.useModel(path);
    show(PageId::model);
}

void MainWindow::askForData()
{
    askForFile(
        this, tr("Open a data set"), dataFileFilter(),
        [this](const QString& file) {
            m_workspace.useData(file);
            show(PageId::data);
        },
        m_workspace.settings().dataFolder());
}

void MainWindow::helpForField()
{
    for (QWidget* widget = QApplication::focusWidget(); widget && widget != this; widget = widget->parentWidget())
        if (!widget->whatsThis().isEmpty()) {
            const QPoint below = widget->mapToGlobal(QPoint(0, widget->height()));
            return QWhatsThis::showText(below, widget->whatsThis(), widget);
        }
    statusBar()->showMessage(tr("There is no help for what has the focus"), kMessageMilliseconds);
}

} // namespace falconer::ui
