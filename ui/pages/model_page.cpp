// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model_page.h"

#include "core/base/memory.h"
#include "ui/models/model_list_model.h"
#include "ui/pages/file_dialogs.h"
#include "ui/pages/no_match.h"
#include "ui/session/model_finder.h"
#include "ui/session/model_fit.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <utility>

namespace falconer::ui {
namespace {

/// More files than this say nothing that the first ones did not.
constexpr std::size_t kShownFiles = 8;

} // namespace

ModelPage::ModelPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    setAcceptDrops(true);
    const int u = unit(this);
    auto* header = new PageHeader(Rail::name(PageId::model), this);
    header->setFacts(tr("found on this machine; nothing is copied or uploaded"));
    m_use = new QPushButton(icon(QStringLiteral("check"), Token::onAccent), tr("&Use this model"), header);
    m_use->setObjectName(QStringLiteral("use"));
    setPrimary(m_use);
    auto* folder = new QPushButton(icon(QStringLiteral("folder")), tr("&Add folder…"), header);
    folder->setObjectName(QStringLiteral("addFolder"));
    folder->setToolTip(tr("Searches a folder for models from now on"));
    header->addAction(folder);
    header->addAction(m_use);
    m_state = new Strip(this);
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->setSpacing(3 * u);
    column->addWidget(buildDetails(), 1);
    column->addWidget(buildFolders());
    auto* splitter = new QSplitter(this);
    splitter->setObjectName(QStringLiteral("modelSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(3 * u);
    splitter->addWidget(buildList());
    splitter->addWidget(right);
    splitter->setSizes({170 * u, 110 * u});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(header);
    layout->addWidget(m_state);
    layout->addWidget(splitter, 1);

    connect(m_use, &QPushButton::clicked, this, &ModelPage::useSelected);
    connect(folder, &QPushButton::clicked, this, &ModelPage::askForFolder);
    connect(workspace.finder(), &ModelFinder::found, this, &ModelPage::showFound);
    connect(workspace.finder(), &ModelFinder::searchingChanged, this, &ModelPage::showState);
    connect(workspace.finder(), &ModelFinder::failed, this,
        [this](const QString& message) { m_state->set(Strip::Meaning::error, tr("The search failed."), message); });
    connect(&workspace.settings(), &AppSettings::changed, this, &ModelPage::showFolders);
    connect(&workspace.draft(), &RecipeDraft::changed, this, [this] {
        // Any other edit leaves the list, and what is chosen in it, as they are.
        if (m_chosen != QString::fromStdString(m_workspace.draft().recipe().model))
            selectChosen();
    });
    connect(&m_reading, &QFutureWatcherBase::finished, this, &ModelPage::showDetails);
    workspace.models()->setMemory(machineMemory().available);
    showFolders();
    showFound();
}

void ModelPage::addFolder(const QString& folder)
{
    QStringList folders = m_workspace.settings().modelFolders();
    if (!folders.contains(folder))
        folders << folder;
    m_workspace.settings().setModelFolders(folders);
    m_workspace.finder()->search();
    m_state->set(Strip::Meaning::info, tr("Searching %1").arg(QDir::toNativeSeparators(folder)), {});
}

void ModelPage::askForFolder()
{
    ui::askForFolder(
        this, tr("Choose a folder that holds models"), [this](const QString& folder) { addFolder(folder); });
}

void ModelPage::showFolders()
{
    const QStringList folders = m_workspace.settings().modelFolders();
    QStringList shown;
    for (int row = 0; row < m_folders->count(); ++row)
        shown << m_folders->item(row)->text();
    if (shown == folders && !folders.isEmpty())
        return; // another setting was changed
    m_folders->clear();
    m_folders->addItems(folders);
    m_folders->setVisible(!folders.isEmpty());
    m_removeFolder->setVisible(!folders.isEmpty());
    judgeRemove();
}

void ModelPage::judgeRemove()
{
    const bool chosen = m_folders->currentRow() >= 0;
    m_removeFolder->setEnabled(chosen);
    m_removeFolder->setToolTip(
        chosen ? tr("The folder itself stays as it is") : tr("Choose a folder in the list first"));
}

void ModelPage::showFound()
{
    const QString before = std::exchange(m_shown, QString()); // its files may have changed: they are read again
    showState();
    filter();
    if (m_workspace.models()->rowOf(before) >= 0)
        select(before);
    else
        selectChosen();
}

void ModelPage::showState()
{
    const bool none = m_workspace.models()->rowCount() == 0;
    if (none && m_workspace.finder()->isSearching())
        m_state->set(Strip::Meaning::info, tr("Searching…"), {});
    else if (none)
        m_state->set(Strip::Meaning::info, tr("No models yet."),
            tr("Add a folder that holds some, or drop a model folder or .gguf file here."));
    else
        m_state->clear();
}

void ModelPage::filter()
{
    const QString words = m_filter->text();
    m_sorted->setFilterFixedString(words);
    const bool nothing = m_sorted->rowCount() == 0 && m_workspace.models()->rowCount() > 0;
    m_noMatch->setText(tr("No model matches “%1”.").arg(words));
    m_noMatch->setVisible(nothing);
    m_table->setVisible(!nothing);
}

void ModelPage::selectChosen()
{
    m_chosen = QString::fromStdString(m_workspace.draft().recipe().model);
    select(m_workspace.models()->pathOf(m_chosen));
}

void ModelPage::select(const QString& path)
{
    if (const int row = m_workspace.models()->rowOf(path); row >= 0)
        m_table->setCurrentIndex(m_sorted->mapFromSource(m_workspace.models()->index(row, 0)));
    showSelected();
}

QString ModelPage::selectedPath() const { return m_table->currentIndex().data(ModelListModel::PathRole).toString(); }

void ModelPage::showSelected()
{
    const QModelIndex index = m_table->currentIndex();
    const bool usable = index.isValid() && index.data(ModelListModel::ProblemRole).toString().isEmpty();
    m_use->setEnabled(usable);
    m_use->setToolTip(usable  ? tr("Puts the model into the recipe and goes on to the data")
            : index.isValid() ? index.data(ModelListModel::ProblemRole).toString()
                              : tr("Choose a model in the list first."));
    if (!index.isValid()) {
        m_shown.clear();
        m_details->setHeading(tr("Details"));
        m_facts->setText(tr("Choose a model in the list."));
        m_problem->hide();
        m_path->setFullText({});
        clearDetails();
        return;
    }
    const ModelEntry& entry = m_workspace.models()->entry(m_sorted->mapToSource(index).row());
    if (entry.path == m_shown)
        return;
    m_shown = entry.path;
    m_details->setHeading(entry.name);
    m_problem->setText(entry.problem);
    m_problem->setVisible(!entry.problem.isEmpty());
    m_facts->setText(entry.detail);
    m_path->setFullText(QDir::toNativeSeparators(entry.path));
    clearDetails();
    m_files->setText(tr("Reading the files"));
    m_reading.setFuture(QtConcurrent::run([path = entry.path]() -> Details {
        try {
            return {path, readModelDetails(path.toStdString()), {}};
        } catch (const Error& error) {
            return {path, {}, describe(error.faults())};
        }
    }));
}

void ModelPage::clearDetails()
{
    m_files->clear();
    m_template->clear();
}

void ModelPage::showDetails()
{
    const Details read = m_reading.result();
    if (read.path != selectedPath())
        return;
    if (!read.found) {
        m_problem->setText(read.problem);
        m_problem->show();
        clearDetails();
        return;
    }
    const ModelDetails& details = *read.found;
    QStringList facts{m_facts->text()};
    QStringList shape;
    if (details.layers)
        shape << tr("%n layer(s)", nullptr, static_cast<int>(*details.layers));
    if (details.hiddenSize)
        shape << tr("hidden size %1").arg(countText(*details.hiddenSize));
    if (details.contextLength)
        shape << tr("context of %1 tokens").arg(countText(*details.contextLength));
    if (!shape.isEmpty())
        facts << shape.join(QStringLiteral(" · "));
    facts << (details.license.empty() ? tr("licence not stated in its files")
                                      : tr("licence: %1").arg(toQString(details.license)));
    m_facts->setText(facts.join(QLatin1Char('\n')));
    QStringList files;
    for (std::size_t i = 0; i < details.files.size() && i < kShownFiles; ++i)
        files << tr("%1 · %2 MB")
                     .arg(toQString(details.files[i].name))
                     .arg(double(details.files[i].bytes) / 1e6, 0, 'f', details.files[i].bytes < 10'000'000 ? 2 : 0);
    if (details.files.size() > kShownFiles)
        files << tr("and %n more", nullptr, static_cast<int>(details.files.size() - kShownFiles));
    m_files->setText(files.join(QLatin1Char('\n')));
    m_template->setPlainText(
        details.chatTemplate.empty() ? tr("None: rows are used as they stand.") : toQString(details.chatTemplate));
}

void ModelPage::useSelected()
{
    if (!m_use->isEnabled())
        return;
    m_workspace.recent().add(RecentItems::Kind::model, selectedPath());
    m_workspace.useModel(selectedPath());
    m_workspace.show(PageId::data);
}

void ModelPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void ModelPage::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        const QFileInfo file(url.toLocalFile());
        if (file.isDir())
            addFolder(file.absoluteFilePath());
        else if (file.suffix() == QLatin1String("gguf"))
            addFolder(file.absolutePath());
        else
            continue;
        m_workspace.useModel(file.absoluteFilePath());
    }
}

} // namespace falconer::ui
