// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_queue.h"

#include "ui/pages/runs_table.h"
#include "ui/session/queue_runner.h"
#include "ui/session/workspace.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/strip.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

using State = QueueItem::State;
using Phase = QueueRunner::Phase;

enum Sheet { tableSheet, emptySheet };

/// What has run, the lowest validation loss first, what never came to one last.
class RankedRuns : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        return sourceModel()->index(row, 0, parent).data(QueueModel::OverRole).toBool();
    }
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        const QVariant a = left.data(QueueModel::SortRole);
        const QVariant b = right.data(QueueModel::SortRole);
        return a.isValid() && (!b.isValid() || a.toDouble() < b.toDouble());
    }
};

void allow(QAbstractButton* button, const QString& help, const QString& why)
{
    button->setEnabled(why.isEmpty());
    button->setToolTip(why.isEmpty() ? help : why);
    button->setAccessibleDescription(button->toolTip());
}

QToolButton* arrowButton(const QString& stem, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(icon(stem));
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setMinimumSize(7 * unit(parent), 7 * unit(parent));
    return button;
}

} // namespace

RunsQueue::RunsQueue(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_queue(workspace.queue())
    , m_message(new Strip(this))
    , m_table(new RunsTable(this))
    , m_list(new QStackedWidget(this))
    , m_reportCard(new Card(tr("Morning report"), this))
    , m_reportText(new QLabel(this))
    , m_report(new RunsTable(this))
    , m_ranked(new RankedRuns(this))
{
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(3 * u);
    layout->addWidget(m_message);
    auto* card = new Card(tr("Queue"), this);
    buildList(card);
    buildReport(m_reportCard);
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setObjectName(QStringLiteral("runsQueue"));
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(3 * u);
    parts->addWidget(card);
    parts->addWidget(m_reportCard);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    layout->addWidget(parts, 1);
    buildActions();
    connectQueue();
    showQueue();
}

void RunsQueue::buildList(Card* card)
{
    const int u = unit(this);
    m_addDraft = new QPushButton(icon(QStringLiteral("plus")), tr("&Add the recipe"), this);
    m_addSweep = new QPushButton(tr("Add a s&weep…"), this);
    m_addFile = new QPushButton(tr("Add a &queue file…"), this);
    m_addDraft->setToolTip(tr("Puts what is on the Recipe page at the end of the queue"));
    m_addSweep->setToolTip(tr("Puts the recipe there once for each of several values"));
    m_addFile->setToolTip(tr("Reads a list of recipes, as the command falconer queue takes it"));
    for (QPushButton* button : {m_addDraft, m_addSweep, m_addFile})
        card->addToHeading(button);
    card->removePadding();

    m_table->setModel(m_queue.model());
    m_table->horizontalHeader()->moveSection(QueueModel::numberColumn, 0);
    m_table->setAccessibleName(tr("Queue"));
    m_table->setReorderable();
    m_table->setColumns({{QueueModel::numberColumn, QStringLiteral("128"), 0, 0}, {QueueModel::nameColumn, {}, 0, 0},
        {QueueModel::stateColumn, tr("Stopped, kept 1,240"), 0, 5 * u},
        {QueueModel::settingsColumn, QStringLiteral("training.learning_rate=2.0e-4"), 1, 0},
        {QueueModel::modelColumn, QStringLiteral("falcon-7b-instruct"), 3, 0},
        {QueueModel::bestColumn, QStringLiteral("2.479"), 0, 0},
        {QueueModel::bestStepColumn, QStringLiteral("1,240"), 4, 0},
        {QueueModel::lossColumn, QStringLiteral("2.479"), 5, 0}, {QueueModel::timeColumn, tr("59 min 59 s"), 2, 0},
        {QueueModel::messageColumn, tr("What is wrong with it, short"), 1, 0}});

    auto* empty
        = new QLabel(tr("The queue is empty. Add the recipe, a sweep over one of its settings, or a queue file; "
                        "the runs then go one after the other, past a failure."),
            this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty->setProperty("quiet", true);
    empty->setContentsMargins(6 * u, 6 * u, 6 * u, 6 * u);
    m_list->addWidget(m_table);
    m_list->addWidget(empty);
    card->body()->addWidget(m_list, 1);

    m_up = arrowButton(QStringLiteral("up"), tr("Earlier"), this);
    m_down = arrowButton(QStringLiteral("down"), tr("Later"), this);
    m_up->setShortcut(QKeySequence(tr("Alt+Up")));
    m_down->setShortcut(QKeySequence(tr("Alt+Down")));
    m_retry = new QPushButton(tr("Tr&y again"), this);
    m_remove = new QPushButton(icon(QStringLiteral("trash")), tr("Take off the q&ueue"), this);
    m_clear = new QPushButton(tr("Take e&nded ones off"), this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u);
    row->setSpacing(2 * u);
    for (QWidget* each : {static_cast<QWidget*>(m_up), static_cast<QWidget*>(m_down), static_cast<QWidget*>(m_retry),
             static_cast<QWidget*>(m_remove), static_cast<QWidget*>(m_clear)})
        row->addWidget(each);
    row->addStretch(1);
    card->body()->addLayout(row);

    connect(m_addDraft, &QPushButton::clicked, this, &RunsQueue::addDraft);
    connect(m_addSweep, &QPushButton::clicked, this, &RunsQueue::addSweep);
    connect(m_addFile, &QPushButton::clicked, this, &RunsQueue::askForFile);
    connect(m_up, &QToolButton::clicked, this, [this] { moveBy(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveBy(1); });
    connect(m_retry, &QPushButton::clicked, this, [this] { m_queue.retry(m_table->selectedRow()); });
    connect(m_remove, &QPushButton::clicked, this, &RunsQueue::removeRow);
    connect(m_clear, &QPushButton::clicked, &m_queue, &QueueRunner::removeOver);
    connect(m_table, &RunsTable::removeRequested, this, &RunsQueue::removeRow);
    connect(m_table, &RunsTable::moved, &m_queue, &QueueRunner::move);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsQueue::updateButtons);
}

void RunsQueue::buildReport(Card* card)
{
    const int u = unit(this);
    m_compare = new QPushButton(tr("C&ompare these runs"), this);
    m_compare->setToolTip(tr("Ticks them in the history and shows their settings against their loss"));
    card->addToHeading(m_compare);
    card->removePadding();
    m_reportText->setWordWrap(true);
    m_reportText->setTextFormat(Qt::PlainText);
    m_reportText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_reportText->setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u);
    card->body()->addWidget(m_reportText);
    card->body()->addWidget(m_report, 1);
    m_ranked->setSourceModel(m_queue.model());
    m_ranked->setDynamicSortFilter(true);
    m_ranked->sort(QueueModel::bestColumn);
    m_report->setModel(m_ranked);
    m_report->setAccessibleName(tr("Ended runs of the queue, the best first"));
    m_report->setColumns({{QueueModel::nameColumn, {}, 0, 0}, {QueueModel::numberColumn, QStringLiteral("128"), 9, 0},
        {QueueModel::stateColumn, tr("Stopped, kept 1,240"), 0, 5 * u},
        {QueueModel::bestColumn, QStringLiteral("2.479"), 0, 0},
        {QueueModel::bestStepColumn, QStringLiteral("1,240"), 1, 0},
        {QueueModel::lossColumn, QStringLiteral("2.479"), 2, 0}, {QueueModel::timeColumn, tr("59 min 59 s"), 1, 0},
        {QueueModel::settingsColumn, QStringLiteral("training.learning_rate=2.0e-4"), 3, 0},
        {QueueModel::modelColumn, QStringLiteral("falcon-7b-instruct"), 9, 0},
        {QueueModel::messageColumn, tr("What is wrong with it, in a sentence"), 0, 0}});
    connect(m_compare, &QPushButton::clicked, this, [this] {
        std::vector<std::filesystem::path> runs;
        for (int row = 0; row < m_ranked->rowCount(); ++row)
            runs.push_back(m_queue.model()->item(m_ranked->mapToSource(m_ranked->index(row, 0)).row()).folder);
        Q_EMIT compareRequested(runs);
    });
}

void RunsQueue::buildActions()
{
    m_check = new QPushButton(tr("&Check"), this);
    m_skip = new QPushButton(tr("S&kip to the next"), this);
    m_start = new QPushButton(icon(QStringLiteral("start"), Token::onAccent), tr("&Start the queue"), this);
    setPrimary(m_start);
    connect(m_check, &QPushButton::clicked, this, [this] {
        m_message->clear();
        if (m_queue.phase() == Phase::checking)
            m_queue.cancelCheck();
        else
            m_queue.check();
    });
    connect(m_skip, &QPushButton::clicked, &m_queue, &QueueRunner::skipThis);
    connect(m_start, &QPushButton::clicked, this, &RunsQueue::startOrStop);
}

std::vector<QWidget*> RunsQueue::actions() const { return {m_check, m_skip, m_start}; }

void RunsQueue::connectQueue()
{
    connect(&m_queue, &QueueRunner::phaseChanged, this, &RunsQueue::showQueue);
    connect(&m_queue, &QueueRunner::checked, this, [this](bool ok, const QString& problem) {
        if (!ok) {
            int faulty = 0;
            for (const QueueItem& item : m_queue.model()->items())
                faulty += item.faults.isEmpty() ? 0 : 1;
            m_message->set(Strip::Meaning::error,
                faulty > 0 ? tr("%n run(s) cannot start", nullptr, faulty) : tr("The queue cannot start"),
                problem.isEmpty() ? tr("The table says why. Change or take off these runs, then start the queue again.")
                                  : problem);
        } else if (!m_queue.isActive()) {
            m_message->set(Strip::Meaning::ok, tr("Nothing is in the way of the runs that wait"), {});
        } else {
            m_message->clear();
        }
    });
    connect(&m_queue, &QueueRunner::finished, this,
        [this] { m_message->set(Strip::Meaning::ok, tr("The queue is done"), m_reportText->text()); });
    connect(&m_queue, &QueueRunner::rested, this, [this] {
        m_message->set(Strip::Meaning::info, tr("The queue rests"),
            tr("%n run(s) still wait. Start the queue to go on.", nullptr, m_queue.waiting()));
    });
    connect(&m_queue, &QueueRunner::storeFailed, this, [this](const QString& message) {
        m_message->set(Strip::Meaning::error, tr("The queue was not saved"), message);
    });
    connect(&m_queue, &QueueRunner::fileAdded, this, [this](int runs, const QString& problem) {
        if (problem.isEmpty())
            m_message->set(Strip::Meaning::info, tr("%n run(s) added", nullptr, runs), {});
        else
            m_message->set(Strip::Meaning::error, tr("The queue file cannot be used"), problem);
    });
    connect(m_queue.model(), &QAbstractItemModel::dataChanged, this, &RunsQueue::showReport);
    connect(&m_workspace.run(), &RunController::stateChanged, this, &RunsQueue::updateButtons);
}

void RunsQueue::showQueue()
{
    const int count = m_queue.model()->rowCount();
    m_list->setCurrentIndex(count == 0 ? emptySheet : tableSheet);
    QStringList facts;
    if (count > 0)
        facts << tr("%n run(s)", nullptr, count) << tr("%n waiting", nullptr, m_queue.waiting());
    if (m_queue.phase() == Phase::checking)
        facts << tr("looking at recipes, models and data");
    else if (!m_queue.current().isEmpty())
        facts << tr("training %1").arg(m_queue.current());
    else if (m_queue.isActive())
        facts << tr("begins when the run at hand ends");
    Q_EMIT factsChanged(facts.join(QStringLiteral(" · ")));
    showReport();
    updateButtons();
}

void RunsQueue::showReport()
{
    const int over = m_ranked->rowCount();
    m_reportCard->setVisible(over > 0);
    if (over == 0)
        return;
    int done = 0;
    int failed = 0;
    for (const QueueItem& item : m_queue.model()->items()) {
        done += item.state == State::finished || item.state == State::stopped ? 1 : 0;
        failed += item.state == State::failed ? 1 : 0;
    }
    QStringList words{tr("%1 of %n run(s) done.", nullptr, m_queue.model()->rowCount()).arg(done)};
    const QueueItem& best = m_queue.model()->item(m_ranked->mapToSource(m_ranked->index(0, 0)).row());
    if (best.bestLoss && best.bestStep)
        words << tr("The lowest validation loss is %1, of %2 at step %3.")
                     .arg(lossText(*best.bestLoss), best.name, countText(*best.bestStep));
    if (failed > 0)
        words << tr("%n failed; the last column says why.", nullptr, failed);
    m_reportText->setText(words.join(QLatin1Char(' ')));
    m_compare->setVisible(over > 1);
}

void RunsQueue::updateButtons()
{
    if (!m_start)
        return;
    const int row = m_table->selectedRow();
    const int count = m_queue.model()->rowCount();
    const Phase phase = m_queue.phase();
    const QueueItem* item = row >= 0 && row < count ? &m_queue.model()->item(row) : nullptr;
    const QString none = tr("Choose a run first");
    const QString fixed = tr("Only a run that waits can be moved");
    const bool movable = item && item->state == State::waiting;
    allow(m_up, tr("Earlier (Alt+Up)"),
        !item                                                                    ? none
            : !movable                                                           ? fixed
            : row == 0 || m_queue.model()->item(row - 1).state != State::waiting ? tr("It is the first that waits")
                                                                                 : QString());
    allow(m_down, tr("Later (Alt+Down)"),
        !item                  ? none
            : !movable         ? fixed
            : row == count - 1 ? tr("It is the last one")
                               : QString());
    allow(m_remove, tr("Takes the run off the queue; what it has trained stays in the history (Delete)"),
        !item                               ? none
            : item->state == State::running ? tr("It is training. Skip to the next one instead.")
                                            : QString());
    allow(m_retry, tr("The run waits again and goes on from its newest checkpoint"),
        !item                                                               ? none
            : item->state != State::failed && item->state != State::stopped ? tr("It has not failed")
                                                                            : QString());
    const bool over = m_ranked->rowCount() > 0;
    allow(
        m_clear, tr("Empties the report; the runs stay in the history"), over ? QString() : tr("No run has ended yet"));

    const QString nothing = m_queue.waiting() == 0 ? tr("No run waits. Add one first.") : QString();
    m_check->setText(phase == Phase::checking ? tr("&Cancel the check") : tr("&Check"));
    allow(m_check, tr("Looks at the recipes, models and data of every run that waits"),
        m_queue.isActive() ? tr("The queue runs; it was checked when it started") : nothing);
    allow(m_skip, tr("Stops this run, keeps what it learned, and goes on with the next"),
        m_queue.current().isEmpty()                   ? tr("No run of the queue is training")
            : m_workspace.run().bridge().isStopping() ? tr("The run is stopping")
                                                      : QString());
    switch (phase) {
    case Phase::idle:
    case Phase::checking:
        m_start->setText(tr("&Start the queue"));
        allow(m_start, tr("Checks every run, then trains one after the other"),
            phase == Phase::checking ? tr("The runs are being checked") : nothing);
        break;
    case Phase::running:
        m_start->setText(tr("&Stop after this run"));
        allow(m_start, tr("The run at hand goes on to its end; the others wait"), {});
        break;
    case Phase::lastRun:
        m_start->setText(tr("&Go on after this run"));
        allow(m_start, tr("The others follow after all"), {});
        break;
    }
    m_start->setIcon(icon(m_queue.isActive() ? QStringLiteral("stop") : QStringLiteral("start"), Token::onAccent));
}

} // namespace falconer::ui
