// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the chosen run.
#include "ui/pages/runs_history.h"

#include "core/config/recipe_io.h"
#include "core/run/run_folder.h"
#include "ui/pages/runs_details.h"
#include "ui/pages/runs_table.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/popup_menu.h"
#include "ui/widgets/strip.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

using State = RunRow::State;

/// `why` empty: it can be done.
void allow(QPushButton* button, const QString& help, const QString& why)
{
    button->setEnabled(why.isEmpty());
    button->setToolTip(why.isEmpty() ? help : why);
    button->setAccessibleDescription(button->toolTip());
}

bool isLive(const RunRow& run) { return run.state == State::running || run.state == State::paused; }

} // namespace

std::vector<QWidget*> RunsHistory::actions() const
{
    return {m_resume, m_clone, m_playground, m_export, m_bin, m_more};
}

void RunsHistory::buildActions()
{
    m_resume = new QPushButton(icon(QStringLiteral("start")), tr("Res&ume"), this);
    m_clone = new QPushButton(tr("&Clone"), this);
    m_playground = new QPushButton(tr("&Playground"), this);
    m_export = new QPushButton(tr("E&xport…"), this);
    m_bin = new QPushButton(tr("Move to b&in"), this);
    m_more = new QToolButton(this);
    m_more->setIcon(icon(QStringLiteral("more")));
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(tr("More actions"));
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setMinimumSize(7 * unit(this), 7 * unit(this));
    auto* menu = new QMenu(m_more);
    setPopupMenu(m_more, menu);
    connect(menu, &QMenu::aboutToShow, this, &RunsHistory::buildMore);
    connect(m_resume, &QPushButton::clicked, this, &RunsHistory::resume);
    connect(m_clone, &QPushButton::clicked, this, &RunsHistory::cloneRecipe);
    connect(m_playground, &QPushButton::clicked, this, [this] { useIn(true); });
    connect(m_export, &QPushButton::clicked, this, [this] { useIn(false); });
    connect(m_bin, &QPushButton::clicked, this, &RunsHistory::bin);
    updateActions();
}

void RunsHistory::buildMore()
{
    auto* menu = m_more->findChild<QMenu*>();
    menu->clear();
    if (current())
        menu->addAction(icon(QStringLiteral("folder")), tr("&Open the run's folder"), this, &RunsHistory::openFolder);
    // Only named: the page has the key itself, and two owners of one key would make it do nothing.
    menu->addAction(tr("&Tick every run shown") + QLatin1Char('\t')
            + QKeySequence(tr("Ctrl+Shift+A")).toString(QKeySequence::NativeText),
        this, &RunsHistory::tickShown);
    if (!m_library.model()->ticked().empty())
        menu->addAction(tr("&Untick all"), this, [this] { m_library.model()->setTicked(std::vector<fs::path>()); });
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("refresh")), tr("&Look again"), &m_library, &RunLibrary::refresh);
    menu->addAction(icon(QStringLiteral("plus")), tr("&Add a folder with runs…"), this, &RunsHistory::askForFolder);
    for (const QString& folder : m_library.addedFolders()) {
        QString name = QDir::toNativeSeparators(folder);
        // An ampersand in a menu would be taken for a mnemonic.
        name.replace(QLatin1Char('&'), QLatin1String("&&"));
        menu->addAction(tr("Take %1 off the list").arg(name), this, [this, folder] { m_library.removeFolder(folder); });
    }
}

void RunsHistory::updateActions()
{
    if (!m_resume)
        return;
    const RunRow* run = current();
    const QString none = tr("Choose a run first");
    QString noResume;
    if (!run)
        noResume = none;
    else if (run->state == State::finished)
        noResume = tr("This run is done. Clone its recipe to train longer.");
    else if (run->state == State::unreadable)
        noResume = tr("This run cannot be read whole");
    else if (run->state == State::running)
        noResume = tr("This run is training");
    else if (run->state == State::reading)
        noResume = tr("This run is still being read");
    else if (run->state != State::paused && m_workspace.run().isRunning())
        noResume = tr("Another run is training. Wait for it to end, or stop it.");
    allow(m_resume, tr("Goes on from the newest checkpoint"), noResume);
    allow(m_clone, tr("Fills the recipe with this run's settings"), run ? QString() : none);
    const QString noAdapter = !run                     ? none
        : isLive(*run) || run->state == State::reading ? tr("Wait for the run to end")
        : run->hasAdapter                              ? QString()
                                                       : tr("This run has left no adapter and no checkpoint");
    allow(m_playground, tr("Talks to the model that this run made"), noAdapter);
    allow(m_export, tr("Writes this run's adapter where other programs take it"), noAdapter);
    const std::vector<fs::path> runs = selected();
    const bool live = std::any_of(runs.begin(), runs.end(), [this](const fs::path& path) {
        const RunRow* each = m_library.model()->find(path);
        return each && isLive(*each);
    });
    allow(m_bin, tr("Moves the selected runs to the system's bin, from where they can be put back (Delete)"),
        runs.empty() ? none
            : live   ? tr("A run that is training stays. Stop it first.")
                     : QString());
}

void RunsHistory::resume()
{
    const RunRow* run = current();
    if (!run || !m_resume->isEnabled())
        return;
    if (run->state == State::paused) {
        m_workspace.run().setPaused(false);
        m_workspace.show(PageId::train);
        return;
    }
    m_workspace.resumeRun(fs::path(run->path));
}

void RunsHistory::cloneRecipe()
{
    const RunRow* run = current();
    if (!run)
        return;
    try {
        LoadedRecipe recipe = loadRecipe(RunFolder::open(run->path).recipeFile());
        // The new run gets a place of its own.
        recipe.recipe.file.clear();
        recipe.recipe.output.reset();
        recipe.keysSet.erase("output");
        m_workspace.draft().replace(recipe, run->name);
    } catch (const Error& error) {
        m_undo->hide();
        m_message->set(Strip::Meaning::error, tr("The recipe of this run cannot be read"), describe(error.faults()));
        return;
    }
    m_workspace.show(PageId::recipe);
}

void RunsHistory::useIn(bool playground)
{
    const RunRow* run = current();
    if (!run)
        return;
    m_workspace.selectRun(fs::path(run->path));
    m_workspace.show(playground ? PageId::playground : PageId::exports);
}

void RunsHistory::openFolder()
{
    if (const RunRow* run = current())
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(run->path.string())));
}

void RunsHistory::bin()
{
    if (!m_bin->isEnabled())
        return;
    m_details->flush();
    m_library.moveToBin(selected());
}

void RunsHistory::showBinned(const std::vector<BinnedRun>& runs)
{
    QStringList problems;
    QStringList places;
    m_binned.clear();
    for (const BinnedRun& run : runs) {
        if (!run.problem.isEmpty()) {
            problems << run.problem;
            continue;
        }
        m_binned.push_back(run);
        if (!run.place.isEmpty())
            places << QDir::toNativeSeparators(run.place);
    }
    const bool back
        = std::any_of(m_binned.begin(), m_binned.end(), [](const BinnedRun& r) { return !r.place.isEmpty(); });
    m_undo->setVisible(back);
    if (!problems.isEmpty()) {
        m_message->set(Strip::Meaning::error, tr("Not everything was moved to the bin"),
            (problems + places).join(QLatin1Char('\n')));
        return;
    }
    m_message->set(Strip::Meaning::info, tr("%n run(s) moved to the bin", nullptr, static_cast<int>(runs.size())),
        places.join(QLatin1Char('\n')));
    // The table has lost a row; what is next to it is chosen, and the keys stay with the table.
    if (m_table->selectedRow() < 0 && m_filter->rowCount() > 0)
        m_table->selectRow(std::clamp(m_table->currentIndex().row(), 0, m_filter->rowCount() - 1));
}

void RunsHistory::askForFolder()
{
    auto* dialog = new QFileDialog(this, tr("Add a folder with runs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, &m_library, &RunLibrary::addFolder);
    dialog->open();
}

} // namespace falconer::ui
