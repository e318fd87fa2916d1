// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/train_page.h"

#include "core/base/memory.h"
#include "core/hub/local_models.h"
#include "ui/charts/loss_panel.h"
#include "ui/models/metrics_model.h"
#include "ui/pages/train_details.h"
#include "ui/pages/train_progress.h"
#include "ui/pages/train_side.h"
#include "ui/pages/train_tiles.h"
#include "ui/pages/train_verdict.h"
#include "ui/session/recipe_text.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/text/verdict_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/text_labels.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace falconer::ui {
namespace {

/// Narrower than this page the side charts become tabs.
constexpr int kWide = 1100;
/// Reading /proc is cheap but not free, and memory does not change ten times a second.
constexpr int kMemoryMilliseconds = 1000;

/// "falcon-7b · nf4 · rank 16 · cynic.jsonl"
QString quietFacts(const Recipe& recipe)
{
    if (recipe.model.empty())
        return {};
    return TrainPage::tr("%1 · %2 · rank %3 · %4")
        .arg(toQString(shortName(recipe.model)), QString::fromStdString(recipe.quantization.type))
        .arg(recipe.lora.rank)
        .arg(QString::fromStdString(trainText(recipe.data)));
}

} // namespace

TrainPage::TrainPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_stack(new QStackedWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildRun());
    RunController& run = workspace.run();
    connect(&run, &RunController::began, this, &TrainPage::begin);
    connect(&run, &RunController::stateChanged, this, &TrainPage::updateState);
    connect(&run, &RunController::verdictChanged, this, [this] {
        updateBands();
        updateState();
    });
    connect(&run.bridge(), &SessionBridge::runStarted, this,
        [this](const RunStarted& started) { m_loss->setTotalSteps(started.totalSteps); });
    connect(&run.bridge(), &SessionBridge::ticked, this, &TrainPage::refresh);
    connect(&run, &RunController::ended, this, &TrainPage::refresh);
    if (!run.isIdle())
        begin();
    updateState();
}

QWidget* TrainPage::buildEmpty()
{
    const int u = unit(this);
    auto* page = new QWidget(this);
    auto* heading = makeHeading(tr("Nothing is training"), page);
    heading->setAlignment(Qt::AlignCenter);
    auto* text = makeCaption(
        tr("Put a recipe together and press Start. Both loss curves are drawn here while it runs."), page);
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    auto* recipe = new QPushButton(icon(QStringLiteral("recipe")), tr("&Go to the recipe"), page);
    auto* runs = new QPushButton(icon(QStringLiteral("runs")), tr("Open an earlier r&un"), page);
    recipe->setToolTip(tr("Ctrl+4"));
    runs->setToolTip(tr("Ctrl+6"));
    connect(recipe, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::recipe); });
    connect(runs, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::runs); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2 * u);
    buttons->addStretch();
    buttons->addWidget(recipe);
    buttons->addWidget(runs);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(new PageHeader(Rail::name(PageId::train), page));
    layout->addStretch(2);
    layout->addWidget(heading);
    layout->addWidget(text);
    layout->addLayout(buttons);
    layout->addStretch(3);
    return page;
}

void TrainPage::buildHeader(QWidget* parent)
{
    m_header = new PageHeader({}, parent);
    m_state = new Pill(m_header);
    m_sentinel = new Pill(m_header);
    m_header->addState(m_state);
    m_header->addState(m_sentinel);
    const auto button = [this](const char* name, const char* image, const QString& text) {
        auto* made = new QPushButton(icon(QString::fromLatin1(image)), text, m_header);
        made->setObjectName(QString::fromLatin1(name));
        m_header->addAction(made);
        return made;
    };
    m_pause = button("pause", "pause", tr("&Pause"));
    m_save = button("save", "save", {});
    m_stop = button("stop", "stop", {});
    m_save->setAccessibleName(tr("Save checkpoint now"));
    m_stop->setAccessibleName(tr("Stop and keep…"));
    nameActions(false);
    RunController& run = m_workspace.run();
    connect(m_pause, &QPushButton::clicked, this, [&run] { run.setPaused(!run.isPaused() && !run.isPausing()); });
    connect(m_save, &QPushButton::clicked, &run, &RunController::saveNow);
    connect(m_stop, &QPushButton::clicked, this, &TrainPage::askToStop);
}

QWidget* TrainPage::buildRun()
{
    const int u = unit(this);
    RunController& run = m_workspace.run();
    auto* page = new QWidget(this);
    buildHeader(page);
    m_progress = new TrainProgress(run, page);
    m_tiles = new TrainTiles(run, page);
    m_loss = new LossPanel(page);
    m_loss->setMetrics(run.metrics());
    m_verdict = new TrainVerdict(m_workspace, m_loss);
    m_loss->body()->addWidget(m_verdict);
    m_details = new TrainDetails(m_workspace, page);
    connect(m_loss, &LossPanel::tableRequested, m_details, &TrainDetails::showValues);
    auto* side = new QWidget(page);
    m_side = new TrainSide(run, side, m_details);

    auto* charts = new QSplitter(page);
    charts->setObjectName(QStringLiteral("trainCharts"));
    charts->setChildrenCollapsible(false);
    charts->setHandleWidth(3 * u);
    charts->addWidget(m_loss);
    charts->addWidget(side);
    charts->setStretchFactor(0, 1);
    charts->setSizes({226 * u, 75 * u});
    auto* tables = new Card({}, page);
    tables->removePadding();
    tables->body()->addWidget(m_details);
    auto* splitter = new QSplitter(Qt::Vertical, page);
    splitter->setObjectName(QStringLiteral("trainSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(3 * u);
    splitter->addWidget(charts);
    splitter->addWidget(tables);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    auto* top = new QVBoxLayout;
    top->setSpacing(2 * u);
    top->addWidget(m_header);
    top->addWidget(m_progress);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addLayout(top);
    layout->addWidget(m_tiles);
    layout->addWidget(splitter, 1);
    return page;
}

void TrainPage::nameActions(bool narrow)
{
    m_save->setText(narrow ? tr("Save &now") : tr("Save checkpoint &now"));
    m_stop->setText(narrow ? tr("S&top…") : tr("S&top and keep…"));
}

QString TrainPage::stateText() const { return m_state->text(); }

QString TrainPage::sentinelText() const { return m_sentinel->isHidden() ? QString() : m_sentinel->text(); }

void TrainPage::begin()
{
    const RunController& run = m_workspace.run();
    m_stack->setCurrentIndex(1);
    m_header->setTitle(run.name());
    m_header->setFacts(quietFacts(run.recipe()));
    m_memory = 0;
    m_memoryAge.invalidate();
    m_loss->setTotalSteps(run.started() ? run.started()->totalSteps : 0);
    updateBands();
    refresh();
}

void TrainPage::updateState()
{
    const RunController& run = m_workspace.run();
    const bool running = run.isRunning();
    const bool stopping = m_workspace.run().bridge().isStopping();
    const bool paused = run.isPaused();
    const bool held = paused || run.isPausing();
    Pill::Meaning meaning = Pill::Meaning::info;
    if (stopping || held)
        meaning = Pill::Meaning::warn;
    else if (!running)
        meaning = run.state() == SessionState::finished ? Pill::Meaning::ok
            : run.state() == SessionState::failed       ? Pill::Meaning::error
                                                        : Pill::Meaning::quiet;
    m_state->set(running && stopping ? tr("Stopping")
            : run.isPausing()        ? tr("Pausing")
                                     : stateLabel(run.state()),
        meaning);
    const auto& verdict = run.verdict();
    m_sentinel->setVisible(verdict.has_value());
    if (verdict)
        m_sentinel->set(verdictLabel(*verdict),
            verdict->state == SentinelState::overfitting                                 ? Pill::Meaning::error
                : verdict->state == SentinelState::watch || verdict->evidence.divergence ? Pill::Meaning::warn
                                                                                         : Pill::Meaning::ok);
    m_pause->setText(held ? tr("Res&ume") : tr("&Pause"));
    m_pause->setIcon(icon(held ? QStringLiteral("start") : QStringLiteral("pause")));
    const QString wait = stopping ? tr("The run is stopping and saves its state") : QString();
    m_pause->setToolTip(stopping ? wait
            : held               ? tr("Goes on where the run paused, to the same numbers (Ctrl+Return)")
                                 : tr("Saves a checkpoint and waits, with everything in memory (Ctrl+.)"));
    m_save->setToolTip(stopping ? wait : tr("Writes a checkpoint after the batch at hand (Ctrl+K)"));
    m_stop->setToolTip(stopping ? wait : tr("Ends the run and hands over its adapter (Ctrl+Shift+.)"));
    for (QPushButton* each : {m_pause, m_save, m_stop}) {
        each->setVisible(running);
        each->setEnabled(running && !stopping);
    }
}

void TrainPage::updateBands()
{
    std::vector<Band> bands;
    const std::vector<SentinelMark>& marks = m_workspace.run().marks();
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i].state == SentinelState::fine)
            continue;
        const BandKind kind = marks[i].state == SentinelState::watch ? BandKind::watch : BandKind::overfitting;
        const bool newest = i + 1 == marks.size();
        const std::int64_t to = newest ? 0 : marks[i + 1].step;
        if (!bands.empty() && bands.back().kind == kind && bands.back().to == marks[i].step)
            bands.back().to = to;
        else
            bands.push_back({marks[i].step, to, kind});
    }
    m_loss->setBands(std::move(bands));
}

void TrainPage::refresh()
{
    if (m_workspace.run().isIdle())
        return;
    if (!m_memoryAge.isValid() || m_memoryAge.elapsed() > kMemoryMilliseconds) {
        m_memory = processMemory().value_or(0);
        m_memoryAge.start();
    }
    m_progress->refresh();
    m_tiles->refresh(m_memory);
    m_side->refresh(m_memory);
    m_loss->refresh();
}

void TrainPage::askToStop()
{
    const RunController& run = m_workspace.run();
    if (!run.isRunning())
        return;
    const auto best = run.metrics()->best();
    auto* box
        = new QMessageBox(QMessageBox::Question, tr("Stop and keep"), tr("End this run?"), QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("stopBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(best
            ? tr("The adapter of step %1 (validation loss %2, the lowest) is handed over. The newest state is saved as "
                 "well, so the run can be resumed.")
                  .arg(best->step)
                  .arg(lossText(best->loss))
            : tr("The newest adapter is handed over, and its state is saved, so the run can be resumed."));
    QPushButton* stop = box->addButton(
        best ? tr("Stop and keep step %1").arg(best->step) : tr("Stop and keep the newest"), QMessageBox::AcceptRole);
    stop->setObjectName(QStringLiteral("stopNow"));
    box->setDefaultButton(stop);
    connect(stop, &QPushButton::clicked, &m_workspace.run(), &RunController::stop);
    box->open();
}

void TrainPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool narrow = roomFor(this) < kWide;
    m_side->setNarrow(narrow);
    m_tiles->setCompact(narrow);
    nameActions(narrow);
}

} // namespace falconer::ui
