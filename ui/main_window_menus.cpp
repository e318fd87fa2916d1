// SPDX-License-Identifier: GPL-3.0-or-later
// The window's menus, and the dialogs that they open; the rest of the window is in main_window.cpp.
#include "ui/main_window.h"

#include "ui/pages/train_page.h"
#include "ui/text/fault_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/shortcuts_dialog.h"
#include "ui/widgets/tour.h"

#include <QApplication>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>

namespace falconer::ui {
namespace {

/// A dialog opens beside the event loop, never inside one of its own.
QFileDialog* makeDialog(QWidget* parent, const QString& title, const QString& filter)
{
    auto* dialog = new QFileDialog(parent, title, {}, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

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
    file->addAction(tr("&Open recipe…"), QKeySequence(tr("Ctrl+O")), this, &MainWindow::askForRecipe);
    file->addAction(tr("&Save recipe as…"), QKeySequence(tr("Ctrl+S")), this, &MainWindow::askWhereToSave);
    file->addSeparator();
    file->addAction(tr("Open &model…"), this, &MainWindow::askForModel);
    file->addAction(tr("Open &data…"), this, &MainWindow::askForData);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, &QWidget::close);
}

void MainWindow::buildRunMenu()
{
    RunController& controller = m_workspace.run();
    QMenu* run = menuBar()->addMenu(tr("&Run"));
    m_start = run->addAction(icon(QStringLiteral("start")), tr("&Start training"), QKeySequence(tr("Ctrl+Return")),
        this, [this, &controller] {
            if (controller.isPaused())
                controller.setPaused(false);
            else
                m_workspace.startDraft();
        });
    m_pause = run->addAction(icon(QStringLiteral("pause")), tr("&Pause"), QKeySequence(tr("Ctrl+.")), this,
        [&controller] { controller.setPaused(!controller.isPaused()); });
    m_stop = run->addAction(
        icon(QStringLiteral("stop")), tr("S&top and keep…"), QKeySequence(tr("Ctrl+Shift+.")), this, [this] {
            show(PageId::train);
            page<TrainPage>(PageId::train)->askToStop();
        });
    m_save = run->addAction(icon(QStringLiteral("save")), tr("Save &checkpoint now"), QKeySequence(tr("Ctrl+K")),
        &controller, &RunController::saveNow);
}

void MainWindow::askForRecipe()
{
    QFileDialog* dialog = makeDialog(this, tr("Open a recipe"), tr("Recipes (*.yaml *.yml *.json);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (const std::vector<Fault> faults = m_workspace.openRecipe(file); !faults.empty())
            showFaults(faults);
    });
    dialog->open();
}

void MainWindow::askWhereToSave()
{
    QFileDialog* dialog = makeDialog(this, tr("Save the recipe"), tr("Recipes (*.yaml *.yml *.json);;All files (*)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const std::vector<Fault> faults = m_workspace.saveRecipe(file);
        if (!faults.empty())
            showFaults(faults);
        else
            statusBar()->showMessage(tr("Recipe saved to %1").arg(file), 10'000);
    });
    dialog->open();
}

void MainWindow::askForModel()
{
    QFileDialog* dialog = makeDialog(this, tr("Open a model: its folder, or a .gguf file"), {});
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_workspace.useModel(path);
        show(PageId::model);
    });
    dialog->open();
}

void MainWindow::askForData()
{
    QFileDialog* dialog = makeDialog(
        this, tr("Open a data set"), tr("Data (*.jsonl *.json *.csv *.tsv *.parquet *.arrow *.txt);;All files (*)"));
    dialog->setDirectory(m_workspace.settings().dataFolder());
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_workspace.useData(file);
        show(PageId::data);
    });
    dialog->open();
}

void MainWindow::showFaults(const std::vector<Fault>& faults)
{
    auto* box = new QMessageBox(
        QMessageBox::Warning, heading(faults.front().code), describe(faults), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace falconer::ui
