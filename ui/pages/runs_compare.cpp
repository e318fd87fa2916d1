// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_compare.h"

#include "ui/charts/overlay_chart.h"
#include "ui/models/differences_model.h"
#include "ui/models/overlay_model.h"
#include "ui/pages/chart_table.h"
#include "ui/pages/runs_table.h"
#include "ui/session/run_library.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/parallel_chart.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QCheckBox>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <algorithm>
#include <iterator>
#include <limits>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

/// A run that trains is read anew this often at most.
constexpr int kAgainMilliseconds = 2000;

enum Sheet { hintSheet, overlaySheet, sweepSheet };

QString nameOf(const RunResult& result) { return QString::fromStdString(result.summary.name); }

} // namespace

RunsCompare::RunsCompare(RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_stack(new QStackedWidget(this))
    , m_hint(new QLabel(this))
    , m_overlay(new OverlayChart(this))
    , m_differences(new DifferencesModel(this))
    , m_table(new RunsTable(this))
    , m_only(new QCheckBox(tr("Only what &differs"), this))
    , m_conclusion(new QLabel(this))
    , m_sweep(new ParallelChart(this))
    , m_sweepTable(new ChartTable(m_sweep, tr("Sweep"), this))
    , m_sweepText(makeCaption({}, this))
{
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setProperty("quiet", true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
    m_stack->addWidget(m_hint);
    m_stack->addWidget(buildOverlay());
    m_stack->addWidget(buildSweep());

    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMilliseconds);
    connect(&m_again, &QTimer::timeout, this, &RunsCompare::load);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &RunsCompare::take);
    connect(library.model(), &RunsModel::tickedChanged, this, &RunsCompare::load);
    connect(library.model(), &RunsModel::dataChanged, this, [this](const QModelIndex& from, const QModelIndex& to) {
        if (to.column() < RunsModel::bestColumn)
            return; // only what is ticked
        for (int row = from.row(); row <= to.row(); ++row) {
            const fs::path& run = m_library.model()->run(row).path;
            if (!isTicked(run))
                continue;
            m_stale.insert(run);
            if (!m_again.isActive())
                m_again.start();
        }
    });
    connect(m_only, &QCheckBox::toggled, m_differences, &DifferencesModel::setOnlyDifferences);
    connect(m_overlay, &OverlayChart::tableRequested, this, &RunsCompare::showTable);
    connect(m_sweep, &ParallelChart::selectionChanged, this, [this](int run) {
        m_swept.clear();
        if (run < 0 || run >= static_cast<int>(m_comparison.paths.size()))
            return;
        m_swept = m_comparison.paths[static_cast<std::size_t>(run)];
        Q_EMIT chosen(m_swept);
    });
    showComparison();
}

RunsCompare::~RunsCompare()
{
    m_watcher.disconnect(this);
    m_watcher.waitForFinished();
}

QWidget* RunsCompare::buildOverlay()
{
    const int u = unit(this);
    auto* card = new Card(tr("Differences"), this);
    card->removePadding();
    m_only->setChecked(true);
    m_only->setToolTip(tr("Leaves out the settings that are the same in all ticked runs"));
    card->addToHeading(m_only);
    m_table->setModel(m_differences);
    m_table->setAccessibleName(tr("Differences of the ticked runs"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->horizontalHeader()->setTextElideMode(Qt::ElideMiddle);
    // Narrower, nothing could be read: then the table scrolls.
    m_table->horizontalHeader()->setMinimumSectionSize(18 * unit(this));
    card->body()->addWidget(m_table, 1);
    m_conclusion->setWordWrap(true);
    m_conclusion->setTextFormat(Qt::PlainText);
    m_conclusion->setContentsMargins(3 * u, 2 * u, 3 * u, 3 * u);
    m_conclusion->setTextInteractionFlags(Qt::TextSelectableByMouse);
    card->body()->addWidget(m_conclusion);

    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->setObjectName(QStringLiteral("runsCompare"));
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(3 * u);
    parts->addWidget(m_overlay);
    parts->addWidget(card);
    parts->setStretchFactor(0, 6);
    parts->setStretchFactor(1, 5);
    parts->setSizes({600, 500});
    return parts;
}

QWidget* RunsCompare::buildSweep()
{
    auto* card = new Card(tr("Sweep"), this);
    m_sweep->setAccessibleName(tr("Settings of the ticked runs against their best validation loss"));
    card->addToHeading(m_sweepTable->button());
    card->body()->addWidget(m_sweep, 1);
    card->body()->addWidget(m_sweepTable);
    m_sweepText->setWordWrap(true);
    card->body()->addWidget(m_sweepText);
    return card;
}

void RunsCompare::setView(View view)
{
    m_view = view;
    showComparison();
}

QString RunsCompare::conclusionText() const { return m_conclusion->text(); }

bool RunsCompare::isTicked(const fs::path& run) const
{
    const auto& ticked = m_library.model()->ticked();
    return std::find(ticked.begin(), ticked.end(), run) != ticked.end();
}

void RunsCompare::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_due)
        load();
}

void RunsCompare::load()
{
    if (!m_watcher.isRunning()) // else take() looks what is still to do
        readOrShow(true);
}

void RunsCompare::readOrShow(bool changedOnes)
{
    std::erase_if(m_parts, [this](const auto& part) { return !isTicked(part.first); });
    const std::vector<fs::path>& ticked = m_library.model()->ticked();
    m_due = false;
    if (ticked.size() < 2) {
        m_comparison = {};
        showComparison();
        return;
    }
    if (!isVisible()) {
        m_due = true; // nobody sees it, and a run that trains would be read every other second
        return;
    }
    std::vector<fs::path> missing;
    std::copy_if(ticked.begin(), ticked.end(), std::back_inserter(missing),
        [&](const fs::path& run) { return !m_parts.contains(run) || (changedOnes && m_stale.contains(run)); });
    if (missing.empty()) {
        m_comparison = merged();
        showComparison();
        Q_EMIT shown();
        return;
    }
    for (const fs::path& run : missing)
        m_stale.erase(run);
    m_readings += static_cast<int>(missing.size());
    m_watcher.setFuture(QtConcurrent::run([missing] {
        std::vector<Part> parts;
        for (const fs::path& run : missing)
            parts.emplace_back(run, loadComparison({run}));
        return parts;
    }));
    if (m_comparison.paths.empty())
        showComparison();
}

void RunsCompare::take()
{
    for (Part& part : m_watcher.result())
        m_parts[part.first] = std::move(part.second);
    // What has changed meanwhile has its turn later, or a run that trains would be read without a pause.
    if (!m_stale.empty() && !m_again.isActive())
        m_again.start();
    readOrShow(false);
}

RunComparison RunsCompare::merged() const
{
    RunComparison whole;
    for (const fs::path& run : m_library.model()->ticked()) {
        const RunComparison& part = m_parts.at(run);
        whole.problems << part.problems;
        if (part.paths.empty())
            continue;
        if (whole.settings.empty())
            for (const SettingDifference& setting : part.settings)
                whole.settings.push_back({setting.key, {}});
        for (std::size_t i = 0; i < whole.settings.size(); ++i)
            whole.settings[i].values.push_back(part.settings[i].values.front());
        if (whole.curves.size() < static_cast<std::size_t>(kMaxOverlayRuns))
            whole.curves.push_back(part.curves.front());
        whole.results.push_back(part.results.front());
        whole.paths.push_back(run);
    }
    return whole;
}

void RunsCompare::showComparison()
{
    QStringList names;
    for (const RunResult& result : m_comparison.results)
        names << nameOf(result);
    m_differences->setRuns(names, m_comparison.results, m_comparison.settings);
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 1; column < m_differences->columnCount(); ++column)
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    if (m_differences->columnCount() > 0) {
        header->setSectionResizeMode(0, QHeaderView::Interactive);
        m_table->setColumnWidth(0, std::min(40 * unit(this), m_table->contentWidth(0) + 2 * unit(this)));
    }
    m_overlay->setRuns(m_comparison.curves);

    QString words = conclusion(m_comparison);
    if (m_comparison.results.size() > static_cast<std::size_t>(kMaxOverlayRuns))
        words += QLatin1Char(' ') + tr("The chart shows the first %1 ticked runs.").arg(kMaxOverlayRuns);
    for (const QString& problem : m_comparison.problems)
        words += QLatin1Char(' ') + problem;
    m_conclusion->setText(words.trimmed());
    m_conclusion->setVisible(!words.trimmed().isEmpty());

    showSweep(words.trimmed());

    const auto ticked = m_library.model()->ticked().size();
    if (ticked < 2)
        m_hint->setText(m_view == View::overlay
                ? tr("Tick two runs or more in the table to lay their curves over each other. Space ticks the row.")
                : tr("Tick the runs of a sweep to see which settings led to which loss. Ctrl+Shift+A ticks every run "
                     "that the filter shows."));
    else if (m_comparison.results.size() < 2)
        m_hint->setText(m_watcher.isRunning() ? tr("Reading the runs") : m_comparison.problems.join(QLatin1Char('\n')));
    m_stack->setCurrentIndex(
        m_comparison.results.size() < 2 ? hintSheet : (m_view == View::overlay ? overlaySheet : sweepSheet));
}

void RunsCompare::showSweep(const QString& words)
{
    const std::vector<SettingDifference> varied = variedSettings(m_comparison);
    QStringList keys;
    for (const SettingDifference& setting : varied)
        keys << QString::fromStdString(setting.key);
    std::vector<SweepResult> results;
    QList<QStringList> rows;
    for (std::size_t i = 0; i < m_comparison.results.size(); ++i) {
        SweepResult result{nameOf(m_comparison.results[i]), {},
            m_comparison.results[i].summary.bestEvalLoss.value_or(std::numeric_limits<double>::quiet_NaN())};
        for (const SettingDifference& setting : varied)
            result.values << QString::fromStdString(setting.values[i]).simplified();
        rows << (QStringList{result.name} + result.values << lossText(result.loss));
        results.push_back(std::move(result));
    }
    m_sweepTable->setNumbers(QStringList{tr("Run")} + keys << tr("Best loss"), rows);
    {
        // What was selected stays selected; it was announced when it was.
        const QSignalBlocker quiet(m_sweep);
        m_sweep->setSweep(keys, std::move(results));
        const auto at = std::find(m_comparison.paths.begin(), m_comparison.paths.end(), m_swept);
        m_sweep->setSelected(at == m_comparison.paths.end() ? -1 : static_cast<int>(at - m_comparison.paths.begin()));
    }
    m_sweepText->setText(keys.isEmpty() ? tr("The ticked runs have the same settings.") : words);
}

void RunsCompare::highlight(const fs::path& run)
{
    const auto at = std::find(m_comparison.paths.begin(), m_comparison.paths.end(), run);
    const auto index = at - m_comparison.paths.begin();
    m_overlay->highlight(at == m_comparison.paths.end() || index >= kMaxOverlayRuns ? -1 : static_cast<int>(index));
}

void RunsCompare::showTable()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Validation loss by step"));
    auto* table = new TableView(dialog);
    table->setModel(m_overlay->table());
    table->setAccessibleName(dialog->windowTitle());
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(table);
    dialog->resize(140 * unit(this), 100 * unit(this));
    dialog->open();
}

} // namespace falconer::ui
