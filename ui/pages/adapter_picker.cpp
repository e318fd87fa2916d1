// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/adapter_picker.h"

#include "ui/session/workspace.h"
#include "ui/theme/style.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QtConcurrent>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

/// The path behind a row; that of the base model is empty, though not null.
QString pathOf(const fs::path& folder) { return QString::fromStdString(folder.string()); }

QComboBox* makeBox(const QString& name, const QString& accessible, const QString& help, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(accessible);
    box->setAccessibleDescription(help);
    box->setToolTip(help);
    box->setWhatsThis(help);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

} // namespace

AdapterPicker::AdapterPicker(Workspace& workspace, Without without, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_allowsBase(without == Without::baseModel)
    , m_runs(makeBox(QStringLiteral("run"), tr("Run"),
          tr("The runs in your runs folder and those opened lately, the newest first"), this))
    , m_adapters(makeBox(QStringLiteral("checkpoint"), tr("Checkpoint"),
          tr("The adapter that the run handed over, its best one so far, and its checkpoints"), this))
{
    const int u = unit(this);
    m_runs->setPlaceholderText(tr("Choose a run"));
    m_adapters->setPlaceholderText(tr("No checkpoint"));
    auto* runLabel = new QLabel(tr("R&un"), this);
    runLabel->setBuddy(m_runs);
    auto* adapterLabel = new QLabel(tr("&Checkpoint"), this);
    adapterLabel->setBuddy(m_adapters);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2 * u);
    layout->addWidget(runLabel);
    layout->addWidget(m_runs, 1);
    layout->addSpacing(2 * u);
    layout->addWidget(adapterLabel);
    layout->addWidget(m_adapters, 1);
    connect(m_runs, &QComboBox::activated, this, &AdapterPicker::onRunChosen);
    connect(m_adapters, &QComboBox::activated, this, &AdapterPicker::onAdapterChosen);
    connect(&m_workspace, &Workspace::selectedRunChanged, this, &AdapterPicker::followSelection);
    connect(&m_workspace, &Workspace::runsChanged, this, &AdapterPicker::refresh);
    connect(&m_workspace.draft(), &RecipeDraft::changed, this, [this] {
        if (m_base)
            read();
    });
    connect(&m_list, &QFutureWatcherBase::finished, this, [this] { showRuns(m_list.result()); });
    connect(&m_details, &QFutureWatcherBase::finished, this, &AdapterPicker::onRead);
    showRuns({});
    refresh();
}

bool AdapterPicker::isEmpty() const { return !m_base && m_workspace.selectedRun().empty(); }

const RunAdapter* AdapterPicker::adapter() const
{
    const int row = m_adapters->currentIndex();
    if (!m_current || row < 0 || row >= static_cast<int>(m_current->adapters.size()))
        return nullptr;
    return &m_current->adapters[static_cast<std::size_t>(row)];
}

void AdapterPicker::refresh()
{
    listRuns();
    if (!isEmpty())
        read();
}

void AdapterPicker::chooseBaseModel()
{
    m_base = true;
    selectRow();
    read();
}

void AdapterPicker::listRuns()
{
    if (m_list.isRunning())
        return;
    std::vector<fs::path> others;
    for (const RecentItems::Item& item : m_workspace.recent().items())
        if (item.kind == RecentItems::Kind::run)
            others.emplace_back(item.path.toStdString());
    if (!m_workspace.selectedRun().empty())
        others.push_back(m_workspace.selectedRun());
    m_list.setFuture(QtConcurrent::run(
        [root = m_workspace.runsFolder(), others = std::move(others)] { return findRuns(root, others); }));
}

void AdapterPicker::showRuns(const std::vector<fs::path>& runs)
{
    const QSignalBlocker quiet(m_runs);
    m_runs->clear();
    if (m_allowsBase) {
        m_runs->addItem(tr("Base model only"), QStringLiteral(""));
        m_runs->setItemData(0, tr("The recipe's model, without an adapter"), Qt::ToolTipRole);
    }
    for (const fs::path& run : runs) {
        m_runs->addItem(QString::fromStdString(run.filename().string()), pathOf(run));
        m_runs->setItemData(m_runs->count() - 1, pathOf(run), Qt::ToolTipRole);
    }
    selectRow();
}

void AdapterPicker::selectRow()
{
    const QSignalBlocker quiet(m_runs);
    if (isEmpty()) {
        m_runs->setCurrentIndex(-1);
        judge();
        return;
    }
    const QString path = m_base ? QStringLiteral("") : pathOf(m_workspace.selectedRun());
    int row = m_runs->findData(path);
    if (row < 0) { // chosen elsewhere, and not listed yet
        m_runs->addItem(QString::fromStdString(m_workspace.selectedRun().filename().string()), path);
        m_runs->setItemData(m_runs->count() - 1, path, Qt::ToolTipRole);
        row = m_runs->count() - 1;
    }
    m_runs->setCurrentIndex(row);
    judge();
}

void AdapterPicker::onRunChosen(int index)
{
    const QString path = m_runs->itemData(index).toString();
    if (path.isEmpty()) {
        chooseBaseModel();
        return;
    }
    m_base = false;
    const fs::path run = path.toStdString();
    if (run == m_workspace.selectedRun())
        read();
    else
        m_workspace.selectRun(run);
}

void AdapterPicker::onAdapterChosen(int)
{
    const RunAdapter* chosen = adapter();
    if (!chosen)
        return;
    const bool checkpoint = chosen->kind == RunAdapter::Kind::checkpoint;
    m_workspace.selectRun(m_current->run, checkpoint ? chosen->step : std::nullopt);
    Q_EMIT changed();
}

void AdapterPicker::followSelection()
{
    m_base = m_base && m_workspace.selectedRun().empty();
    selectRow();
    if (isEmpty()) {
        m_current.reset();
        fillAdapters();
        Q_EMIT changed();
    } else if (m_current && m_current->run == m_workspace.selectedRun()) {
        fillAdapters();
        Q_EMIT changed();
    } else {
        read();
    }
}

void AdapterPicker::read()
{
    if (m_details.isRunning()) {
        m_again = true;
        return;
    }
    m_again = false;
    if (m_base)
        m_details.setFuture(
            QtConcurrent::run([recipe = m_workspace.draft().recipe()] { return readBaseModel(recipe); }));
    else
        m_details.setFuture(QtConcurrent::run([run = m_workspace.selectedRun()] { return readRunAdapters(run); }));
    Q_EMIT changed();
}

void AdapterPicker::onRead()
{
    if (m_again) {
        read();
        return;
    }
    m_current = m_details.result();
    if (isEmpty())
        m_current.reset();
    fillAdapters();
    Q_EMIT changed();
}

void AdapterPicker::fillAdapters()
{
    const QSignalBlocker quiet(m_adapters);
    // What was chosen stays chosen where it is still there ("Best so far" has no step in the workspace).
    const fs::path before = m_adapters->currentData().toString().toStdString();
    m_adapters->clear();
    m_adapters->setPlaceholderText(m_base ? tr("No adapter") : tr("No checkpoint"));
    int row = -1;
    if (m_current) {
        for (std::size_t i = 0; i < m_current->adapters.size(); ++i) {
            const RunAdapter& each = m_current->adapters[i];
            m_adapters->addItem(describe(each), pathOf(each.folder));
            const bool wanted = m_workspace.selectedCheckpoint()
                ? each.kind == RunAdapter::Kind::checkpoint && each.step == m_workspace.selectedCheckpoint()
                : each.folder == before && each.kind != RunAdapter::Kind::checkpoint;
            if (wanted)
                row = static_cast<int>(i);
        }
        if (row < 0 && !m_current->adapters.empty())
            row = 0;
    }
    m_adapters->setCurrentIndex(row);
    judge();
}

void AdapterPicker::setObstacle(const QString& why)
{
    m_obstacle = why;
    judge();
}

void AdapterPicker::judge()
{
    const QString chosen = m_runs->currentData(Qt::ToolTipRole).toString();
    m_runs->setEnabled(m_obstacle.isEmpty());
    m_runs->setToolTip(!m_obstacle.isEmpty() ? m_obstacle
            : chosen.isEmpty()               ? m_runs->accessibleDescription()
                                             : chosen);
    m_adapters->setEnabled(m_obstacle.isEmpty() && m_adapters->count() > 0);
    m_adapters->setToolTip(!m_obstacle.isEmpty() ? m_obstacle
            : m_adapters->count() > 0            ? m_adapters->accessibleDescription()
            : m_base                             ? tr("A base model alone has no adapter")
            : isEmpty()                          ? tr("Choose a run first")
                                                 : tr("This run has saved no adapter"));
}

} // namespace falconer::ui
