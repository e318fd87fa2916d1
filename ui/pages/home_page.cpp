// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home_page.h"

#include "core/hub/local_models.h"
#include "ui/models/recent_model.h"
#include "ui/pages/data_files.h"
#include "ui/pages/file_dialogs.h"
#include "ui/pages/home_continue.h"
#include "ui/pages/home_machine.h"
#include "ui/session/model_finder.h"
#include "ui/session/presets.h"
#include "ui/session/queue_runner.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/drop_target.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/popup_menu.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

/// Narrower than this the side column moves under the rest.
constexpr int kWide = 1040;
constexpr std::size_t kShownPresets = 3;
constexpr int kRecentRows = 7;

bool isModel(const QFileInfo& file)
{
    return file.isDir() ? QFileInfo::exists(file.filePath() + QStringLiteral("/config.json"))
                        : file.suffix() == QLatin1String("gguf");
}

void addModelFolder(Workspace& workspace, const QString& folder)
{
    QStringList folders = workspace.settings().modelFolders();
    if (!folders.contains(folder))
        workspace.settings().setModelFolders(folders << folder);
    workspace.finder()->search();
}

bool isRecipe(const QFileInfo& file)
{
    return file.suffix() == QLatin1String("yaml") || file.suffix() == QLatin1String("yml");
}

} // namespace

HomePage::HomePage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_fault(new Strip(this))
    , m_continue(new HomeContinue(workspace, this))
    , m_machine(new HomeMachine(workspace, this))
    , m_items(new RecentModel(workspace.recent(), this))
{
    const int u = unit(this);
    auto* header = new PageHeader(Rail::name(PageId::home), this);
    header->setFacts(tr("everything stays on this machine"));
    auto* content = new QWidget;
    auto* main = new QWidget(content);
    auto* column = new QVBoxLayout(main);
    column->setContentsMargins({});
    column->setSpacing(3 * u);
    column->addWidget(m_continue, 0, Qt::AlignTop);
    column->addWidget(buildRecipes(), 0, Qt::AlignTop);
    column->addWidget(buildDrop(), 0, Qt::AlignTop);
    column->addWidget(buildRecent(), 0, Qt::AlignTop);
    column->addStretch();
    m_side = new QWidget(content);
    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins({});
    side->setSpacing(3 * u);
    side->addWidget(buildTour(), 0, Qt::AlignTop);
    side->addWidget(m_machine, 0, Qt::AlignTop);
    side->addWidget(buildQueue(), 0, Qt::AlignTop);
    side->addStretch();
    m_columns = new QGridLayout(content);
    m_columns->setContentsMargins({});
    m_columns->setSpacing(3 * u);
    m_columns->addWidget(main, 0, 0);
    m_columns->addWidget(m_side, 0, 1);
    m_columns->setColumnStretch(0, 3);
    m_columns->setColumnStretch(1, 1);
    auto* scroll = makeScrollArea(content, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(header);
    layout->addWidget(m_fault);
    layout->addWidget(scroll, 1);
    // One loud thing: going on with a run, or without one the first recipe.
    connect(m_continue, &HomeContinue::shown, this, [this](bool there) {
        if (m_firstRecipe) {
            setPrimary(m_firstRecipe, !there);
            m_firstRecipe->update();
        }
    });
    connect(&workspace.settings(), &AppSettings::changed, this,
        [this] { m_tour->setVisible(!m_workspace.settings().tourSeen()); });
}

void HomePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_continue->refresh();
    m_machine->refresh();
    m_items->refresh();
}

void HomePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool wide = roomFor(this) >= kWide;
    m_columns->addWidget(m_side, wide ? 0 : 1, wide ? 1 : 0);
    m_columns->setColumnStretch(1, wide ? 1 : 0);
}

QWidget* HomePage::buildRecipes()
{
    const int u = unit(this);
    auto* box = new QWidget(this);
    auto* title = new QHBoxLayout;
    title->setSpacing(3 * u);
    title->addWidget(makeHeading(tr("Start from a recipe"), box));
    title->addWidget(makeCaption(tr("all of them work without a network"), box), 1);
    auto* all = new QPushButton(tr("&All recipes"), box);
    all->setToolTip(tr("The Recipe page lists them all, your own ones too"));
    connect(all, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::recipe); });
    title->addWidget(all);
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * u);
    const std::vector<Preset> known = presets();
    for (std::size_t i = 0; i < known.size() && i < kShownPresets; ++i)
        row->addWidget(buildRecipe(known[i], i == 0), 1);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(2 * u);
    layout->addLayout(title);
    layout->addLayout(row);
    return box;
}

Card* HomePage::buildRecipe(const Preset& preset, bool first)
{
    auto* card = new Card({}, this);
    card->setAccessibleName(preset.title);
    auto* text = makeCaption(preset.text, card);
    text->setWordWrap(true);
    const QString model
        = preset.needsModel ? tr("your model · your data") : toQString(shortName(preset.recipe.recipe.model));
    auto* facts = new ElidedLabel(Qt::ElideMiddle, card);
    facts->setFont(scaledFont(kCaptionSize));
    facts->setFullText(tr("%1 · %2 · rank %3")
                           .arg(model, QString::fromStdString(preset.recipe.recipe.quantization.type))
                           .arg(preset.recipe.recipe.lora.rank));
    auto* state = new Pill(card);
    state->set(preset.needsModel ? tr("Needs a model") : tr("On this machine"),
        preset.needsModel ? Pill::Meaning::quiet : Pill::Meaning::ok);
    auto* use = new QPushButton(tr("Use this recipe"), card);
    use->setObjectName(QStringLiteral("use:") + preset.id);
    use->setAccessibleName(tr("Use the recipe %1").arg(preset.title));
    use->setToolTip(preset.text);
    if (first) {
        setPrimary(use);
        m_firstRecipe = use;
    }
    connect(use, &QPushButton::clicked, this, [this, preset] { usePreset(preset); });
    // Its own line: three cards beside each other have no room for both in longer languages.
    auto* title = new ElidedLabel(Qt::ElideRight, card);
    title->setFont(scaledFont(1.0, true));
    title->setFullText(preset.title);
    card->body()->addWidget(title);
    card->body()->addWidget(text);
    card->body()->addStretch();
    card->body()->addWidget(facts);
    card->body()->addWidget(state, 0, Qt::AlignLeading);
    card->body()->addWidget(use, 0, Qt::AlignTrailing);
    return card;
}

void HomePage::usePreset(const Preset& preset)
{
    m_workspace.draft().replace(withModelAndData(preset, m_workspace.draft().recipe()), preset.title);
    m_workspace.show(preset.needsModel ? PageId::model : PageId::recipe);
}

QWidget* HomePage::buildDrop()
{
    auto* card = new DropTarget(tr("Drop a model or a data set here"),
        tr("A model folder or .gguf, or %1. Nothing is copied or uploaded.").arg(dataFileEndings()), this);
    auto* models = new QPushButton(icon(QStringLiteral("folder")), tr("Open &model…"), card);
    auto* rows = new QPushButton(icon(QStringLiteral("folder")), tr("Open &data…"), card);
    models->setToolTip(tr("Chooses a model's folder or file for the recipe; a folder of models is searched"));
    rows->setToolTip(tr("Chooses one or more files of rows for the recipe"));
    setPopupMenu(models, makeModelMenu(this, [this](const QString& path) { openDropped({path}); }));
    connect(rows, &QPushButton::clicked, this, &HomePage::askForData);
    connect(card, &DropTarget::dropped, this, &HomePage::openDropped);
    card->addButton(models);
    card->addButton(rows);
    return card;
}

void HomePage::askForData()
{
    askForFiles(
        this, tr("Open data"), dataFileFilter(), [this](const QStringList& files) { openDropped(files); },
        m_workspace.settings().dataFolder());
}

void HomePage::openRecipe(const QString& file)
{
    if (const std::vector<Fault> faults = m_workspace.openRecipe(file); !faults.empty())
        m_fault->set(Strip::Meaning::error, heading(faults.front().code), describe(faults));
}

void HomePage::openDropped(const QStringList& paths)
{
    m_fault->clear();
    PageId page = PageId::home;
    QStringList rows;
    for (const QString& path : paths) {
        const QFileInfo file(path);
        if (isModel(file)) {
            m_workspace.recent().add(RecentItems::Kind::model, path);
            m_workspace.useModel(path);
            page = PageId::model;
        } else if (isRecipe(file)) {
            openRecipe(path);
            return;
        } else if (file.isDir()) {
            addModelFolder(m_workspace, path);
            page = PageId::model;
        } else {
            rows << path;
            page = PageId::data;
        }
    }
    openDataFiles(m_workspace, rows);
    m_workspace.show(page);
}

Card* HomePage::buildRecent()
{
    m_recentCard = new Card(tr("Recent"), this);
    m_recentCard->removePadding();
    m_recent = new TableView(m_recentCard);
    m_recent->setObjectName(QStringLiteral("recent"));
    m_recent->setAccessibleName(tr("Recent items"));
    m_recent->setModel(m_items);
    m_recent->setSelectionMode(QAbstractItemView::SingleSelection);
    m_recent->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_recent->horizontalHeader()->setSectionResizeMode(RecentModel::placeColumn, QHeaderView::Stretch);
    m_recent->horizontalHeader()->hide();
    m_recent->setMinimumHeight(kRecentRows * m_recent->verticalHeader()->defaultSectionSize());
    connect(
        m_recent, &QAbstractItemView::activated, this, [this](const QModelIndex& index) { openRecent(index.row()); });
    connect(m_recent, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) { openRecent(index.row()); });
    m_recentCard->body()->addWidget(m_recent);
    const auto update = [this] { m_recentCard->setVisible(m_items->rowCount() > 0); };
    connect(m_items, &QAbstractItemModel::modelReset, this, update);
    update();
    return m_recentCard;
}

void HomePage::openRecent(int row)
{
    m_fault->clear();
    const RecentItems::Item item = m_items->item(row);
    if (m_items->index(row, 0).data(RecentModel::MissingRole).toBool()) {
        locate(row);
        return;
    }
    switch (item.kind) {
    case RecentItems::Kind::model:
        m_workspace.useModel(item.path);
        m_workspace.show(PageId::model);
        break;
    case RecentItems::Kind::data:
        m_workspace.useData(item.path);
        m_workspace.show(PageId::data);
        break;
    case RecentItems::Kind::recipe: openRecipe(item.path); break;
    case RecentItems::Kind::run:
        m_workspace.selectRun(item.path.toStdString());
        m_workspace.show(PageId::runs);
        break;
    }
}

void HomePage::locate(int row)
{
    const RecentItems::Item item = m_items->item(row);
    const QFileInfo file(item.path);
    const QString title = tr("Where is %1 now?").arg(file.fileName());
    const auto found = [this, from = item.path](const QString& to) { m_workspace.recent().relocate(from, to); };
    const bool folder = item.kind == RecentItems::Kind::run
        || (item.kind == RecentItems::Kind::model && file.suffix() != QLatin1String("gguf"));
    if (folder)
        askForFolder(this, title, found);
    else
        askForFile(this, title, item.kind == RecentItems::Kind::data ? dataFileFilter() : QString(), found);
}

Card* HomePage::buildQueue()
{
    auto* card = new Card(tr("Queue"), this);
    auto* text = makeCaption({}, card);
    text->setWordWrap(true);
    auto* open = new QPushButton(icon(QStringLiteral("queue")), tr("Open the &queue"), card);
    open->setToolTip(tr("The Runs page reorders it, checks it and starts it"));
    connect(open, &QPushButton::clicked, this, [this] { m_workspace.showQueue(); });
    card->body()->addWidget(text);
    card->body()->addWidget(open, 0, Qt::AlignLeading);
    const auto update = [this, card, text] {
        QueueRunner& queue = m_workspace.queue();
        const int waiting = queue.waiting();
        text->setText(queue.isActive() ? tr("%1 trains; %n run(s) wait.", nullptr, waiting).arg(queue.current())
                                       : tr("%n run(s) wait for the start of the queue.", nullptr, waiting));
        card->setVisible(waiting > 0 || queue.isActive());
    };
    connect(&m_workspace.queue(), &QueueRunner::phaseChanged, card, update);
    update();
    return card;
}

Card* HomePage::buildTour()
{
    m_tour = new Card(tr("New here?"), this);
    auto* text = makeCaption(
        tr("A tour of four stops shows how a data set becomes an adapter. It takes about two minutes."), m_tour);
    text->setWordWrap(true);
    auto* take = new QPushButton(tr("&Take the tour"), m_tour);
    take->setObjectName(QStringLiteral("takeTour"));
    take->setToolTip(tr("Esc ends it at any time"));
    auto* hide = new QPushButton(tr("H&ide this"), m_tour);
    hide->setObjectName(QStringLiteral("hideTour"));
    hide->setToolTip(tr("Help > Take the tour brings it back"));
    connect(take, &QPushButton::clicked, this, [this] { Q_EMIT m_workspace.tourRequested(); });
    connect(hide, &QPushButton::clicked, this, [this] { m_workspace.settings().setTourSeen(true); });
    auto* row = new QHBoxLayout;
    row->addWidget(take);
    row->addWidget(hide);
    row->addStretch();
    m_tour->body()->addWidget(text);
    m_tour->body()->addLayout(row);
    m_tour->setVisible(!m_workspace.settings().tourSeen());
    return m_tour;
}

} // namespace falconer::ui
