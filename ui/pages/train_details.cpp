// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/train_details.h"

#include "core/run/run_folder.h"
#include "ui/models/checkpoints_model.h"
#include "ui/models/log_filter.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/models/samples_model.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/theme/style.h"
#include "ui/widgets/cell_paint.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QAction>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

/// An answer, and behind it the tag of one that the model has learned by heart.
class SampleDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QString tag = index.data(SamplesModel::TagRole).toString();
        if (tag.isEmpty())
            return QStyledItemDelegate::paint(painter, option, index);
        QStyleOptionViewItem cell = option;
        initStyleOption(&cell, index);
        paintCellGround(painter, cell);
        const int u = unit(cell.font);
        // The answer keeps at least half of the cell; a tag that is cut short is whole in the tooltip.
        const int width = std::min(chipWidth(tag, cell), cell.rect.width() / 2 - u);
        const int chipAt = cell.rect.width() - width - u;
        paintChip(painter, cell, chipAt, width, tag, Token::warnSoft, Token::warn);
        cell.rect = QStyle::visualRect(
            cell.direction, cell.rect, QRect(cell.rect.topLeft(), QSize(chipAt - u, cell.rect.height())));
        cell.backgroundBrush = Qt::NoBrush;
        cell.state &= ~QStyle::State_Selected;
        cell.widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    }
};

} // namespace

TrainDetails::TrainDetails(Workspace& workspace, QWidget* parent)
    : QTabWidget(parent)
    , m_workspace(workspace)
    , m_samples(new SamplesModel(this))
    , m_checkpoints(new CheckpointsModel(this))
{
    setDocumentMode(true);
    addTab(buildSamples(), tr("&Samples"));
    addTab(buildLog(), tr("Lo&g"));
    addTab(buildCheckpoints(), tr("&Checkpoints"));
    addTab(buildValues(), tr("V&alues"));
    addTab(buildRecipe(), tr("Rec&ipe (frozen)"));
    connectRun();
}

QWidget* TrainDetails::buildSamples()
{
    auto* table = new TableView(this);
    table->setObjectName(QStringLiteral("samples"));
    table->setAccessibleName(tr("Answers to the sample prompts"));
    table->setModel(m_samples);
    table->setItemDelegate(new SampleDelegate(table));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    // Without prompts in the recipe the table would stay empty and say nothing.
    auto* hint = makeCaption(
        tr("The recipe has no sample prompts. Add some to training.sample_prompts to see how answers change."), this);
    hint->setWordWrap(true);
    hint->setContentsMargins(3 * unit(this), 2 * unit(this), 3 * unit(this), 2 * unit(this));
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->addWidget(hint);
    layout->addWidget(table, 1);
    const auto update = [this, hint, table] {
        const bool empty = m_workspace.run().recipe().training.samplePrompts.empty();
        hint->setVisible(empty);
        table->setVisible(!empty);
    };
    connect(&m_workspace.run(), &RunController::began, page, update);
    update();
    return page;
}

QWidget* TrainDetails::buildLog()
{
    auto* filter = new LogFilter(this);
    filter->setSourceModel(m_workspace.run().log());
    auto* table = new TableView(this);
    table->setObjectName(QStringLiteral("log"));
    table->setAccessibleName(tr("Log"));
    table->setDense(true);
    table->setFollowing(true);
    table->setModel(filter);
    table->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    table->horizontalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(LogModel::timeColumn, QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    auto* text = new QLineEdit(this);
    text->setObjectName(QStringLiteral("logFilter"));
    text->setPlaceholderText(tr("Filter"));
    text->setAccessibleName(tr("Filter the log"));
    text->setToolTip(tr("Shows the lines that hold this text (Ctrl+F)"));
    text->setClearButtonEnabled(true);
    auto* focus = new QAction(this);
    focus->setShortcut(QKeySequence::Find);
    focus->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(focus, &QAction::triggered, this, [this, text] {
        setCurrentWidget(text->parentWidget());
        text->setFocus();
    });
    addAction(focus);
    const QStringList levels{tr("All"), tr("Warnings"), tr("Errors")};
    auto* level = new Segments(levels, this);
    level->setValue(levels.front());
    level->setAccessibleName(tr("Least important lines shown"));
    connect(text, &QLineEdit::textChanged, filter, &LogFilter::setText);
    connect(level, &Segments::edited, filter,
        [filter, level, levels] { filter->setLeast(static_cast<LogModel::Level>(levels.indexOf(level->value()))); });
    auto* page = new QWidget(this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(2 * unit(this), unit(this), 2 * unit(this), unit(this));
    row->addWidget(text, 1);
    row->addWidget(level);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(table, 1);
    return page;
}

QWidget* TrainDetails::buildCheckpoints()
{
    auto* table = new TableView(this);
    table->setObjectName(QStringLiteral("checkpoints"));
    table->setAccessibleName(tr("Checkpoints on disk"));
    table->setModel(m_checkpoints);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setToolTip(tr("Enter or a double click opens a checkpoint in the playground"));
    connect(table, &QAbstractItemView::activated, this,
        [this](const QModelIndex& index) { tryOutCheckpoint(index.row()); });
    auto* tryOut = new QAction(tr("Open in &Playground"), table);
    connect(tryOut, &QAction::triggered, this, [this, table] {
        if (table->currentIndex().isValid())
            tryOutCheckpoint(table->currentIndex().row());
    });
    auto* take = new QAction(tr("&Export…"), table);
    connect(take, &QAction::triggered, this, [this, table] {
        if (!table->currentIndex().isValid())
            return;
        m_workspace.selectRun(m_workspace.run().folder(), m_checkpoints->step(table->currentIndex().row()));
        m_workspace.show(PageId::exports);
    });
    table->addActions({tryOut, take});
    // Qt's own menu of a widget's actions runs an event loop while it is open.
    auto* menu = new QMenu(table);
    menu->setObjectName(QStringLiteral("checkpointMenu"));
    menu->addActions(table->actions());
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table, &QWidget::customContextMenuRequested, menu,
        [menu, table](const QPoint& at) { menu->popup(table->viewport()->mapToGlobal(at)); });
    return table;
}

QWidget* TrainDetails::buildValues()
{
    auto* table = new TableView(this);
    table->setObjectName(QStringLiteral("values"));
    table->setAccessibleName(tr("The chart's values as a table"));
    table->setDense(true);
    table->setFollowing(true);
    table->setModel(m_workspace.run().metrics());
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_values = table;
    return table;
}

QWidget* TrainDetails::buildRecipe()
{
    m_recipe = new QPlainTextEdit(this);
    m_recipe->setObjectName(QStringLiteral("frozenRecipe"));
    m_recipe->setAccessibleName(tr("The recipe of this run, as it was frozen at the start"));
    m_recipe->setReadOnly(true);
    m_recipe->setFrameShape(QFrame::NoFrame);
    m_recipe->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return m_recipe;
}

void TrainDetails::connectRun()
{
    RunController& run = m_workspace.run();
    SessionBridge& bridge = run.bridge();
    const auto begin = [this, &run] {
        m_samples->clear();
        m_checkpoints->clear();
        m_recipe->setPlainText(run.isIdle() ? QString() : toQString(writeRecipe(run.recipe())));
    };
    connect(&run, &RunController::began, this, begin);
    connect(&bridge, &SessionBridge::sampleAnswered, m_samples, &SamplesModel::add);
    connect(&bridge, &SessionBridge::evalDone, this, [this](const EvalDone& eval) {
        m_checkpoints->addLoss(eval.metrics.step, eval.metrics.loss, eval.best);
        if (eval.best)
            m_samples->setBest(eval.metrics.step);
    });
    connect(&bridge, &SessionBridge::checkpointSaved, this, &TrainDetails::showCheckpoints);
    connect(&run, &RunController::ended, this, &TrainDetails::showCheckpoints);
    connect(&bridge, &SessionBridge::runStarted, this, [this](const RunStarted& started) {
        double best = std::numeric_limits<double>::infinity();
        for (const EvalMetrics& eval : started.history.evals) {
            m_checkpoints->addLoss(eval.step, eval.loss, eval.loss < best);
            best = std::min(best, eval.loss);
        }
        showCheckpoints();
    });
    begin();
}

void TrainDetails::showCheckpoints()
{
    // A run that failed before it had a folder has none.
    if (m_workspace.run().folder().empty())
        return;
    try {
        const RunFolder folder = RunFolder::open(m_workspace.run().folder());
        m_checkpoints->set(folder.checkpointSteps(), folder.checkpoints());
    } catch (const Error& error) {
        m_workspace.run().log()->append(LogModel::Level::warning, describe(error.faults()));
    }
}

void TrainDetails::tryOutCheckpoint(int row)
{
    m_workspace.selectRun(m_workspace.run().folder(), m_checkpoints->step(row));
    m_workspace.show(PageId::playground);
}

void TrainDetails::showValues()
{
    setCurrentWidget(m_values);
    m_values->setFocus();
}

} // namespace falconer::ui
