// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model_page.h"

#include "core/base/memory.h"
#include "ui/models/model_list_model.h"
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
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QAction>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <algorithm>

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
    connect(workspace.finder(), &ModelFinder::failed, this,
        [this](const QString& message) { m_state->set(Strip::Meaning::error, tr("The search failed."), message); });
    connect(&workspace.settings(), &AppSettings::changed, this, &ModelPage::showFolders);
    connect(&workspace.draft(), &RecipeDraft::changed, this, &ModelPage::selectChosen);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &ModelPage::showDetails);
    workspace.models()->setMemory(machineMemory().available);
    showFolders();
    showFound();
}

QWidget* ModelPage::buildList()
{
    const int u = unit(this);
    auto* card = new Card(tr("On this machine"), this);
    card->removePadding();
    m_filter = new QLineEdit(card);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the models"));
    m_filter->setToolTip(tr("Shows the models whose name or architecture holds this text (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(40 * u);
    card->addToHeading(m_filter);
    auto* focus = new QAction(this);
    focus->setShortcut(QKeySequence::Find);
    focus->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(focus, &QAction::triggered, m_filter, qOverload<>(&QWidget::setFocus));
    addAction(focus);

    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_workspace.models());
    m_sorted->setSortRole(ModelListModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(-1);
    connect(m_filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    m_table = new TableView(card);
    m_table->setObjectName(QStringLiteral("models"));
    m_table->setAccessibleName(tr("Models"));
    m_table->setModel(m_sorted);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ModelListModel::nameColumn, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ModelListModel::nameColumn, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelPage::showSelected);
    connect(m_table, &QAbstractItemView::activated, this, &ModelPage::useSelected);
    card->body()->addWidget(m_table, 1);
    return card;
}

QWidget* ModelPage::buildDetails()
{
    const int u = unit(this);
    m_details = new Card(tr("Details"), this);
    auto* content = new QWidget(m_details);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->setSpacing(2 * u);
    m_problem = new QLabel(content);
    m_problem->setWordWrap(true);
    setLook(m_problem, "bad", true);
    m_facts = new QLabel(content);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_path = new ElidedLabel(Qt::ElideMiddle, content);
    m_path->setFont(scaledFont(kCaptionSize));
    m_path->setProperty("quiet", true);
    m_files = makeCaption({}, content);
    m_files->setWordWrap(true);
    m_template = new QPlainTextEdit(content);
    m_template->setReadOnly(true);
    m_template->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_template->setAccessibleName(tr("Chat template"));
    m_template->setMinimumHeight(24 * u);
    column->addWidget(m_problem);
    column->addWidget(m_facts);
    column->addWidget(m_path);
    column->addWidget(makeHeading(tr("Files"), content));
    column->addWidget(m_files);
    column->addWidget(makeHeading(tr("Chat template"), content));
    column->addWidget(m_template, 1);
    auto* scroll = makeCardScrollArea(content, m_details);
    m_details->body()->addWidget(scroll);
    return m_details;
}

QWidget* ModelPage::buildFolders()
{
    const int u = unit(this);
    auto* card = new Card(tr("Where they are looked for"), this);
    auto* always = makeCaption(tr("Always: the Hugging Face cache and Falconer's own cache. Downloading from the Hub "
                                  "comes with a later version; what other programs downloaded is listed."),
        card);
    always->setWordWrap(true);
    m_folders = new QListWidget(card);
    m_folders->setObjectName(QStringLiteral("folders"));
    m_folders->setAccessibleName(tr("Folders that you added"));
    m_folders->setMaximumHeight(24 * u);
    m_removeFolder = new QPushButton(icon(QStringLiteral("close")), tr("&Remove from the list"), card);
    m_removeFolder->setObjectName(QStringLiteral("removeFolder"));
    m_removeFolder->setToolTip(tr("The folder itself stays as it is"));
    connect(m_removeFolder, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem* item = m_folders->currentItem()) {
            QStringList folders = m_workspace.settings().modelFolders();
            folders.removeAll(item->text());
            m_workspace.settings().setModelFolders(folders);
            m_workspace.finder()->search();
        }
    });
    connect(
        m_folders, &QListWidget::currentRowChanged, this, [this](int row) { m_removeFolder->setEnabled(row >= 0); });
    card->body()->addWidget(always);
    card->body()->addWidget(m_folders);
    card->body()->addWidget(m_removeFolder, 0, Qt::AlignLeading);
    return card;
}

void ModelPage::addFolder(const QString& folder)
{
    QStringList folders = m_workspace.settings().modelFolders();
    if (!folders.contains(folder))
        folders << folder;
    m_workspace.settings().setModelFolders(folders);
    m_state->set(Strip::Meaning::info, tr("Searching %1").arg(QDir::toNativeSeparators(folder)), {});
    m_workspace.finder()->search();
}

void ModelPage::askForFolder()
{
    auto* dialog = new QFileDialog(this, tr("Choose a folder that holds models"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ModelPage::addFolder);
    dialog->open();
}

void ModelPage::showFolders()
{
    const QStringList folders = m_workspace.settings().modelFolders();
    m_folders->clear();
    m_folders->addItems(folders);
    m_folders->setVisible(!folders.isEmpty());
    m_removeFolder->setVisible(!folders.isEmpty());
    m_removeFolder->setEnabled(false);
}

void ModelPage::showFound()
{
    if (m_workspace.models()->rowCount() == 0)
        m_state->set(Strip::Meaning::info, tr("No models yet."),
            tr("Add a folder that holds some, or drop a model folder or .gguf file here."));
    else
        m_state->clear();
    selectChosen();
}

void ModelPage::selectChosen()
{
    const QString chosen = m_workspace.models()->pathOf(QString::fromStdString(m_workspace.draft().recipe().model));
    const int row = m_workspace.models()->rowOf(chosen);
    if (row >= 0)
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
        m_details->setHeading(tr("Details"));
        m_facts->setText(tr("Choose a model in the list."));
        for (QLabel* label : {static_cast<QLabel*>(m_files), m_problem})
            label->clear();
        m_path->setFullText({});
        m_template->clear();
        return;
    }
    const ModelEntry& entry = m_workspace.models()->entry(m_sorted->mapToSource(index).row());
    m_details->setHeading(entry.name);
    m_problem->setText(entry.problem);
    m_problem->setVisible(!entry.problem.isEmpty());
    m_facts->setText(entry.detail);
    m_path->setFullText(QDir::toNativeSeparators(entry.path));
    m_reading.setFuture(QtConcurrent::run([path = entry.path]() -> Details {
        try {
            return {path, readModelDetails(path.toStdString()), {}};
        } catch (const Error& error) {
            return {path, {}, describe(error.faults())};
        }
    }));
}

void ModelPage::showDetails()
{
    const Details read = m_reading.result();
    if (read.path != selectedPath())
        return;
    if (!read.found) {
        m_problem->setText(read.problem);
        m_problem->show();
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
