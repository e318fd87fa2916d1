// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/train_page.h"

#include "core/run/run_folder.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/models/model_list_model.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/run_monitor.h"
#include "ui/session/adapter_export.h"
#include "ui/session/model_finder.h"
#include "ui/session/recipe_text.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"

#include <QDir>
#include <QFileDialog>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace falconer::ui {
namespace {

QString native(const std::filesystem::path& path)
{
    return QDir::toNativeSeparators(QString::fromStdString(path.string()));
}

/// "falcon-7b · nf4 · rank 16 · cynic.jsonl"
QString quietFacts(const Recipe& recipe)
{
    const QString model = QString::fromStdString(std::filesystem::path(recipe.model).filename().string());
    return TrainPage::tr("%1 · %2 · rank %3 · %4")
        .arg(model, QString::fromStdString(recipe.quantization.type))
        .arg(recipe.lora.rank)
        .arg(QString::fromStdString(trainText(recipe.data)));
}

} // namespace

TrainPage::TrainPage(Services services, QWidget* parent)
    : QWidget(parent)
    , m_runsRoot(std::move(services.runsRoot))
    , m_models(new ModelListModel(this))
    , m_metrics(new MetricsModel(this))
    , m_log(new LogModel(this))
    , m_bridge(new SessionBridge(std::move(services.makeSession), this))
    , m_finder(new ModelFinder(std::move(services.findModels), m_models, this))
    , m_form(new RecipeForm(m_models))
    , m_card(new ReadinessCard(this))
    , m_monitor(new RunMonitor(m_metrics, m_log, this))
{
    const int u = unit(this);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_form);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(3 * u);
    column->addWidget(scroll, 1);
    column->addWidget(m_card);
    left->setMinimumWidth(72 * u);
    auto* splitter = new QSplitter(this);
    splitter->setObjectName(QStringLiteral("trainSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(3 * u);
    splitter->addWidget(left);
    splitter->addWidget(m_monitor);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({84 * u, 256 * u});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->addWidget(splitter);

    connect(m_form, &RecipeForm::edited, this, &TrainPage::judge);
    connect(m_card, &ReadinessCard::startRequested, this, &TrainPage::start);
    connect(m_monitor, &RunMonitor::stopRequested, this, &TrainPage::stop);
    connect(m_monitor, &RunMonitor::pauseRequested, m_bridge, &SessionBridge::setPaused);
    connect(m_monitor, &RunMonitor::exportRequested, this, &TrainPage::exportAdapter);
    connect(&m_export, &QFutureWatcherBase::finished, this, &TrainPage::onExported);
    connect(m_finder, &ModelFinder::found, this, &TrainPage::modelsSearched);
    connect(m_finder, &ModelFinder::failed, this, [this](const QString& message) {
        m_log->append(LogModel::Level::warning, message);
        Q_EMIT modelsSearched();
    });
    connectBridge();
    judge();
    updateExport();
    m_finder->search();
}

void TrainPage::connectBridge()
{
    connect(m_bridge, &SessionBridge::started, this, &TrainPage::onStarted);
    connect(m_bridge, &SessionBridge::stopping, m_monitor, &RunMonitor::showStopping);
    connect(m_bridge, &SessionBridge::stateChanged, this, [this](SessionState state) {
        if (!m_bridge->isStopping())
            m_monitor->showState(state);
    });
    connect(m_bridge, &SessionBridge::phaseChanged, m_monitor, &RunMonitor::showPhase);
    connect(m_bridge, &SessionBridge::runStarted, this, [this](const RunStarted& run) {
        m_metrics->load(run.history);
        m_monitor->showStart(run);
        m_log->append(LogModel::Level::info,
            tr("%1 training rows, %2 validation rows, %3 of %4 parameters trainable, on %5")
                .arg(countText(run.trainRows), countText(run.validationRows), countText(run.trainableParameters),
                    countText(run.totalParameters), QString::fromStdString(run.device)));
        m_log->append(LogModel::Level::info, tr("Run folder: %1").arg(native(run.folder)));
    });
    connect(m_bridge, &SessionBridge::stepsDone, this, [this](const std::vector<StepMetrics>& steps) {
        m_metrics->append(steps);
        m_monitor->showStep(steps.back());
    });
    connect(m_bridge, &SessionBridge::evalDone, this, [this](const EvalDone& eval) {
        m_metrics->append(eval.metrics, eval.best);
        m_log->append(LogModel::Level::info,
            tr("Step %1: validation loss %2, perplexity %3")
                .arg(eval.metrics.step)
                .arg(lossText(eval.metrics.loss))
                .arg(eval.metrics.perplexity, 0, 'f', 2));
    });
    connect(m_bridge, &SessionBridge::checkpointSaved, this, [this](const CheckpointSaved& checkpoint) {
        m_metrics->addCheckpoint(checkpoint.step);
        m_log->append(LogModel::Level::info, tr("Checkpoint of step %1 saved").arg(checkpoint.step));
    });
    connect(m_bridge, &SessionBridge::sentinelReported, m_monitor, &RunMonitor::showSentinel);
    connect(m_bridge, &SessionBridge::sampleAnswered, this, [this](const SampleAnswer& sample) {
        m_log->append(LogModel::Level::info,
            tr("Step %1: %2 → %3")
                .arg(QString::number(sample.step), QString::fromStdString(sample.prompt),
                    QString::fromStdString(sample.answer)));
    });
    connect(m_bridge, &SessionBridge::logLine, this, [this](const LogLine& line) {
        m_log->append(
            line.warning ? LogModel::Level::warning : LogModel::Level::info, QString::fromStdString(line.text));
    });
    connect(m_bridge, &SessionBridge::ticked, m_monitor, &RunMonitor::refresh);
    connect(m_bridge, &SessionBridge::ended, this, &TrainPage::onEnded);
}

void TrainPage::setRecipe(const LoadedRecipe& recipe) { m_form->setRecipe(recipe); }

LoadedRecipe TrainPage::recipe() const { return m_form->recipe(); }

void TrainPage::judge()
{
    const LoadedRecipe current = m_form->recipe();
    m_readiness = Readiness::check(current.recipe, m_bridge->isRunning(), m_form->obstacles());
    std::filesystem::path folder = runFolder(current.recipe, m_runsRoot);
    if (folder.empty())
        folder = RunFolder::defaultPath(current.recipe);
    m_form->showReadiness(m_readiness);
    m_card->show(m_readiness, native(folder));
    Q_EMIT readinessChanged();
}

void TrainPage::start()
{
    // The files may have gone since the last edit.
    judge();
    if (!m_readiness.ready())
        return;
    const LoadedRecipe chosen = m_form->recipe();
    m_bridge->start(chosen, runFolder(chosen.recipe, m_runsRoot));
}

void TrainPage::stop() { m_bridge->stop(); }

void TrainPage::onStarted()
{
    const Recipe recipe = m_form->recipe().recipe;
    m_runName = runName(recipe);
    m_adapter.clear();
    m_metrics->clear();
    m_log->clear();
    m_form->setLocked(true);
    m_monitor->showPreparing(QString::fromStdString(m_runName), quietFacts(recipe));
    judge();
    updateExport();
    Q_EMIT runningChanged(true);
}

void TrainPage::onEnded(const RunEnded& end)
{
    m_adapter = end.adapter;
    for (const Fault& fault : end.faults)
        m_log->append(LogModel::Level::error, describe(fault));
    m_form->setLocked(false);
    m_monitor->showEnd(end);
    judge();
    updateExport();
    Q_EMIT runningChanged(false);
}

void TrainPage::updateExport()
{
    QString whyNot;
    if (m_export.isRunning())
        whyNot = tr("An export is going on.");
    else if (m_bridge->isRunning())
        whyNot = tr("The adapter is handed over when the run has ended.");
    else
        whyNot = tr("There is no adapter yet: train one first.");
    m_monitor->setExportable(canExport(), whyNot);
    Q_EMIT exportableChanged();
}

void TrainPage::exportAdapter()
{
    if (!canExport())
        return;
    auto* dialog = new QFileDialog(this, tr("Choose a folder to put the adapter in"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &TrainPage::exportAdapterTo);
    dialog->open();
}

void TrainPage::exportAdapterTo(const QString& place)
{
    if (!canExport())
        return;
    // Adapters are small, but the place may be a slow stick or a network folder.
    m_export.setFuture(QtConcurrent::run(
        [adapter = m_adapter, folder = std::filesystem::path(place.toStdString()), name = m_runName]() -> ExportResult {
            try {
                return {ui::exportAdapter(adapter, folder, name + "-adapter"), {}};
            } catch (const Error& error) {
                return {{}, error.faults()};
            } catch (const std::exception& error) {
                return {{}, {{ErrorCode::internal, folder.string(), error.what(), {}}}};
            }
        }));
    updateExport();
}

void TrainPage::onExported()
{
    const ExportResult result = m_export.result();
    if (result.faults.empty()) {
        m_monitor->showExport(tr("Adapter exported"), native(result.folder), false);
        m_log->append(LogModel::Level::info, tr("Adapter exported to %1").arg(native(result.folder)));
    } else {
        m_monitor->showExport(heading(result.faults.front().code), describe(result.faults), true);
        m_log->append(LogModel::Level::error, describe(result.faults));
    }
    updateExport();
    Q_EMIT exported(native(result.folder));
}

} // namespace falconer::ui
