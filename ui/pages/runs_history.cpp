// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_history.h"

#include "ui/pages/no_match.h"
#include "ui/pages/runs_compare.h"
#include "ui/pages/runs_details.h"
#include "ui/pages/runs_table.h"
#include "ui/pages/sort_menu.h"
#include "ui/session/workspace.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/text_labels.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

enum View { detailsView, compareView, sweepView };
enum Sheet { tableSheet, emptySheet };

} // namespace

RunsHistory::RunsHistory(Workspace& workspace, RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_library(library)
    , m_filter(new RunsFilter(this))
    , m_stack(new QStackedWidget(this))
    , m_message(new Strip(this))
    , m_undo(new QPushButton(icon(QStringLiteral("undo")), tr("Put &back"), this))
    , m_table(new RunsTable(this))
    , m_noMatch(new NoMatch(this))
    , m_words(new QLineEdit(this))
    , m_views(new Segments({tr("Details"), tr("Compare"), tr("Sweep")}, this))
    , m_below(new QStackedWidget(this))
    , m_details(new RunsDetails(library, this))
    , m_compare(new RunsCompare(library, this))
{
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(3 * u);
    auto* messageRow = new QHBoxLayout;
    messageRow->setSpacing(2 * u);
    messageRow->addWidget(m_message, 1);
    messageRow->addWidget(m_undo);
    layout->addLayout(messageRow);
    layout->addWidget(m_stack, 1);
    m_undo->setToolTip(tr("Takes the runs out of the bin again"));
    m_undo->hide();

    auto* card = new Card(tr("Runs"), this);
    buildTable(card);
    m_below->addWidget(m_details);
    m_below->addWidget(m_compare);
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setObjectName(QStringLiteral("runsRows"));
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(3 * u);
    parts->addWidget(card);
    parts->addWidget(m_below);
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 3);
    parts->setSizes({350, 650});
    m_stack->addWidget(parts);
    buildEmpty();
    buildActions();
    connectLibrary();
    m_views->setValue(tr("Details"));
    showCurrent();
    updateFacts();
}

void RunsHistory::buildTable(Card* card)
{
    const int u = unit(this);
    m_words->setPlaceholderText(tr("Filter by name, tag, model or state"));
    m_words->setClearButtonEnabled(true);
    m_words->setMinimumWidth(56 * u);
    m_words->addAction(icon(QStringLiteral("search"), Token::text2), QLineEdit::LeadingPosition);
    m_words->setAccessibleName(tr("Filter"));
    m_words->setToolTip(tr("Shows the runs in which every word occurs: in the name, tags, notes, model, base type or "
                           "state (Ctrl+F)"));
    m_words->setAccessibleDescription(m_words->toolTip());
    card->addToHeading(m_words);
    m_views->setAccessibleName(tr("Below the table"));
    const QStringList help{tr("Settings, notes and report of the selected run"),
        tr("Curves and differences of the ticked runs"), tr("Settings of the ticked runs against their loss")};
    const QStringList names{tr("Details"), tr("Compare"), tr("Sweep")};
    for (int i = 0; i < names.size(); ++i)
        m_views->button(names[i])->setToolTip(help[i]);
    card->addToHeading(m_views);
    card->removePadding();
    card->body()->addWidget(m_table);
    card->body()->addWidget(m_noMatch, 1);
    connect(m_noMatch, &NoMatch::clearRequested, this, [this] {
        m_words->clear();
        m_words->setFocus();
    });

    m_filter->setSourceModel(m_library.model());
    m_table->setModel(m_filter);
    m_table->setAccessibleName(tr("Runs"));
    m_table->setItemDelegateForColumn(RunsModel::tickColumn, new TickDelegate(m_table));
    m_table->setItemDelegateForColumn(RunsModel::keyColumn, new RunKeyDelegate(m_table));
    m_table->setItemDelegateForColumn(RunsModel::tagsColumn, new TagsDelegate(m_table));
    m_table->setItemDelegateForColumn(RunsModel::curveColumn, new SparklineDelegate(RunsModel::CurveRole, m_table));
    m_table->setColumns({{RunsModel::tickColumn, {}, 0, 3 * u}, {RunsModel::keyColumn, {}, 0, 6 * u},
        {RunsModel::nameColumn, {}, 0, 0}, {RunsModel::tagsColumn, tr("lower rate"), 2, 5 * u},
        {RunsModel::stateColumn, tr("Stopped, kept 1,240"), 0, 5 * u},
        {RunsModel::bestColumn, QStringLiteral("2.479"), 0, 0},
        {RunsModel::bestStepColumn, QStringLiteral("1,240"), 3, 0}, {RunsModel::curveColumn, {}, 1, 22 * u},
        {RunsModel::modelColumn, QStringLiteral("falcon-7b-instruct"), 6, 0},
        {RunsModel::quantizationColumn, QStringLiteral("none"), 4, 0},
        {RunsModel::rankColumn, QStringLiteral("128"), 4, 0}, {RunsModel::rateColumn, QStringLiteral("2.0e-4"), 5, 0},
        {RunsModel::lossColumn, QStringLiteral("2.479"), 8, 0}, {RunsModel::stepsColumn, QStringLiteral("1,240"), 9, 0},
        {RunsModel::timeColumn, tr("59 min 59 s"), 5, 0}, {RunsModel::startedColumn, tr("22 Nov 22:10"), 3, 0}});
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunsModel::startedColumn, Qt::DescendingOrder);
    addSortMenu(m_table);

    connect(m_words, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setWords(text);
        updateFacts();
    });
    connect(m_words, &QLineEdit::returnPressed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table, &RunsTable::tickRequested, this, &RunsHistory::tickSelected);
    connect(m_table, &RunsTable::removeRequested, this, &RunsHistory::bin);
    connect(m_table, &RunsTable::openRequested, this, [this] { setView(detailsView); });
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == RunsModel::tickColumn)
            m_filter->setData(index,
                index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                Qt::CheckStateRole);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsHistory::showCurrent);
    connect(m_views, &Segments::edited, this, [this] {
        const QString view = m_views->value();
        setView(view == tr("Details") ? detailsView : view == tr("Compare") ? compareView : sweepView);
    });
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_words->setFocus(Qt::ShortcutFocusReason);
        m_words->selectAll();
    });
    auto* all = new QShortcut(QKeySequence(tr("Ctrl+Shift+A")), this);
    all->setContext(Qt::WidgetWithChildrenShortcut);
    connect(all, &QShortcut::activated, this, &RunsHistory::tickShown);
}

void RunsHistory::buildEmpty()
{
    const int u = unit(this);
    auto* card = new Card({}, this);
    card->body()->setAlignment(Qt::AlignCenter);
    card->body()->setSpacing(3 * u);
    auto* heading = makeHeading(tr("Runs appear here"), this);
    heading->setAlignment(Qt::AlignCenter);
    auto* words = new QLabel(tr("Each run that you start is listed with its curves, settings and report."), this);
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    words->setProperty("quiet", true);
    auto* start = new QPushButton(tr("&Start one from the recipe"), this);
    setPrimary(start);
    start->setToolTip(tr("Shows the recipe, where Start is"));
    auto* add = new QPushButton(icon(QStringLiteral("folder")), tr("&Add a folder with runs…"), this);
    add->setToolTip(tr("Lists runs that lie in another folder"));
    for (QWidget* each : {static_cast<QWidget*>(heading), static_cast<QWidget*>(words), static_cast<QWidget*>(start),
             static_cast<QWidget*>(add)})
        card->body()->addWidget(each, 0, Qt::AlignCenter);
    connect(start, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::recipe); });
    connect(add, &QPushButton::clicked, this, &RunsHistory::askForFolder);
    m_stack->addWidget(card);
}

void RunsHistory::connectLibrary()
{
    RunsModel* model = m_library.model();
    connect(model, &RunsModel::tickedChanged, this, [this, model] {
        const std::size_t before = std::exchange(m_ticks, model->ticked().size());
        // The second tick asks for a comparison; without it there is none.
        if (before < 2 && m_ticks >= 2 && m_below->currentIndex() == 0)
            setView(compareView);
        else if (before >= 2 && m_ticks < 2)
            setView(detailsView);
        updateFacts();
    });
    connect(model, &RunsModel::dataChanged, this, [this, model](const QModelIndex& from, const QModelIndex& to) {
        const int row = m_current ? model->rowOf(*m_current) : -1;
        if (row < from.row() || row > to.row() || to.column() < RunsModel::bestColumn)
            return; // another run, or only what is ticked
        m_details->refresh();
        updateActions();
    });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &RunsHistory::updateFacts);
    connect(&m_library, &RunLibrary::scanned, this, [this] {
        updateFacts();
        // Something is always chosen, so that the keys have something to work on.
        if (m_table->selectedRow() < 0 && m_filter->rowCount() > 0)
            m_table->selectRow(0);
        m_details->refresh();
    });
    connect(&m_library, &RunLibrary::noteFailed, this, [this](const QString& message) {
        m_undo->hide();
        m_message->set(Strip::Meaning::error, tr("The notes were not saved"), message);
    });
    connect(&m_library, &RunLibrary::binned, this, &RunsHistory::showBinned);
    connect(&m_library, &RunLibrary::restored, this, [this](const std::vector<BinnedRun>& runs) {
        QStringList problems;
        for (const BinnedRun& run : runs)
            if (!run.problem.isEmpty())
                problems << run.problem;
        m_undo->hide();
        if (problems.isEmpty())
            m_message->set(Strip::Meaning::info, tr("%n run(s) put back", nullptr, static_cast<int>(runs.size())), {});
        else
            m_message->set(
                Strip::Meaning::error, tr("Not everything could be put back"), problems.join(QLatin1Char('\n')));
    });
    connect(m_undo, &QPushButton::clicked, this, [this] { m_library.putBack(std::exchange(m_binned, {})); });
    connect(m_compare, &RunsCompare::chosen, this, &RunsHistory::select);
    connect(m_compare, &RunsCompare::shown, this, [this] {
        if (m_current)
            m_compare->highlight(*m_current);
    });
    connect(&m_workspace.run(), &RunController::stateChanged, this, &RunsHistory::updateActions);
}

const RunRow* RunsHistory::current() const { return m_current ? m_library.model()->find(*m_current) : nullptr; }

std::vector<fs::path> RunsHistory::selected() const
{
    std::vector<fs::path> runs;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex& row : rows)
        runs.push_back(m_library.model()->run(m_filter->mapToSource(row).row()).path);
    return runs;
}

void RunsHistory::showCurrent()
{
    const std::vector<fs::path> runs = selected();
    m_current = runs.empty() ? std::nullopt : std::optional(runs.front());
    m_details->show(m_current);
    m_compare->highlight(m_current.value_or(fs::path()));
    updateActions();
}

void RunsHistory::select(const fs::path& run)
{
    const int row = m_library.model()->rowOf(run);
    const QModelIndex index = m_filter->mapFromSource(m_library.model()->index(row, RunsModel::nameColumn));
    if (row < 0 || !index.isValid())
        return;
    m_table->selectRow(index.row());
    m_table->scrollTo(index);
}

void RunsHistory::updateFacts()
{
    const int count = m_library.model()->rowCount();
    m_stack->setCurrentIndex(count == 0 && m_library.isKnown() ? emptySheet : tableSheet);
    const bool nothing = count > 0 && m_filter->rowCount() == 0;
    m_noMatch->setText(tr("No run matches “%1”.").arg(m_words->text()));
    m_noMatch->setVisible(nothing);
    m_table->setVisible(!nothing);
    QStringList facts;
    if (count == 0 && !m_library.isKnown())
        facts << tr("Looking for runs");
    else if (m_filter->rowCount() < count)
        facts << tr("%1 of %n run(s)", nullptr, count).arg(m_filter->rowCount());
    else if (count > 0)
        facts << tr("%n run(s)", nullptr, count);
    if (m_ticks > 0)
        facts << tr("%n ticked", nullptr, static_cast<int>(m_ticks));
    Q_EMIT factsChanged(facts.join(QStringLiteral(" · ")));
}

void RunsHistory::setView(int view)
{
    const QStringList names{tr("Details"), tr("Compare"), tr("Sweep")};
    m_views->setValue(names[view]);
    m_below->setCurrentIndex(view == detailsView ? 0 : 1);
    m_compare->setView(view == sweepView ? RunsCompare::View::sweep : RunsCompare::View::overlay);
}

void RunsHistory::tickSelected()
{
    RunsModel* model = m_library.model();
    const std::vector<fs::path> runs = selected();
    const auto isTicked = [&](const fs::path& run) {
        return std::find(model->ticked().begin(), model->ticked().end(), run) != model->ticked().end();
    };
    const bool tick = !std::all_of(runs.begin(), runs.end(), isTicked);
    for (const fs::path& run : runs)
        model->setTicked(run, tick);
}

void RunsHistory::tickShown()
{
    std::vector<fs::path> runs;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        runs.push_back(m_library.model()->run(m_filter->mapToSource(m_filter->index(row, 0)).row()).path);
    m_library.model()->setTicked(runs);
}

void RunsHistory::compare(const std::vector<fs::path>& runs)
{
    m_words->clear();
    std::vector<fs::path> there;
    for (const fs::path& run : runs)
        if (m_library.model()->rowOf(run) >= 0)
            there.push_back(run);
    m_library.model()->setTicked(there);
    setView(sweepView);
}

} // namespace falconer::ui
