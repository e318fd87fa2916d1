// SPDX-License-Identifier: GPL-3.0-or-later
// How the monitor is put together; what it does is in run_monitor.cpp.
#include "ui/pages/run_monitor.h"

#include "ui/charts/loss_chart.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace falconer::ui {

RunMonitor::RunMonitor(MetricsModel* metrics, LogModel* log, QWidget* parent)
    : QWidget(parent)
    , m_metrics(metrics)
{
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(3 * u);
    auto* top = new QVBoxLayout;
    top->setSpacing(2 * u);
    top->addWidget(buildHeader());
    top->addWidget(buildProgress());
    layout->addLayout(top);
    m_strip = new Strip(this);
    layout->addWidget(m_strip);
    layout->addWidget(buildTiles());
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("monitorSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(3 * u);
    splitter->addWidget(buildChartCard());
    splitter->addWidget(buildTables(metrics, log));
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    layout->addWidget(splitter, 1);
    setExportable(false, {});
    setRunning(false);
    refreshProgress();
}

QWidget* RunMonitor::buildHeader()
{
    const int u = unit(this);
    auto* header = new QWidget(this);
    m_title = new ElidedLabel(Qt::ElideRight, header);
    m_title->setFont(scaledFont(kTitleSize, true));
    m_title->setFullText(tr("Nothing is training"));
    m_state = new Pill(header);
    m_state->set(tr("Idle"), Pill::Meaning::quiet);
    m_facts = new ElidedLabel(Qt::ElideRight, header);
    m_facts->setFont(scaledFont(kCaptionSize));
    m_facts->setProperty("quiet", true);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_export = new QPushButton(icon(QStringLiteral("export")), tr("E&xport adapter…"), header);
    m_export->setObjectName(QStringLiteral("export"));
    m_stop = new QPushButton(icon(QStringLiteral("stop")), tr("St&op"), header);
    m_stop->setObjectName(QStringLiteral("stop"));
    m_pause = new QPushButton(header);
    m_pause->setObjectName(QStringLiteral("pause"));
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins({});
    layout->setSpacing(2 * u);
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    layout->addWidget(m_facts, 1);
    layout->addWidget(m_export);
    layout->addWidget(m_pause);
    layout->addWidget(m_stop);
    connect(m_export, &QPushButton::clicked, this, &RunMonitor::exportRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(!m_paused); });
    connect(m_stop, &QPushButton::clicked, this, &RunMonitor::stopRequested);
    return header;
}

QWidget* RunMonitor::buildProgress()
{
    const int u = unit(this);
    auto* box = new QWidget(this);
    m_progress = new QProgressBar(box);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(u + u / 2);
    m_progress->setRange(0, 1);
    m_progress->setValue(0);
    m_progress->setAccessibleName(tr("Progress"));
    m_step = new QLabel(box);
    m_step->setFont(scaledFont(kCaptionSize, true));
    m_epoch = makeCaption({}, box);
    m_elapsed = makeCaption({}, box);
    m_left = new QLabel(box);
    m_left->setFont(scaledFont(kCaptionSize));
    auto* facts = new QHBoxLayout;
    facts->setSpacing(5 * u);
    for (QLabel* label : {m_step, m_epoch, m_elapsed, m_left})
        facts->addWidget(label);
    facts->addStretch();
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(u + u / 2);
    layout->addWidget(m_progress);
    layout->addLayout(facts);
    return box;
}

QWidget* RunMonitor::buildTiles()
{
    auto* row = new TileRow(this);
    const auto tile = [&](const QString& caption, const char* name) {
        auto* made = new MetricTile(caption, row);
        made->setObjectName(QString::fromLatin1(name));
        return made;
    };
    m_training = tile(tr("Training loss"), "trainingTile");
    m_training->setKey(KeyIcon::Mark::line, Token::training);
    m_validation = tile(tr("Validation loss"), "validationTile");
    m_validation->setKey(KeyIcon::Mark::circles, Token::validation);
    m_best = tile(tr("Best"), "bestTile");
    m_best->setKey(KeyIcon::Mark::diamond, Token::best);
    m_speed = tile(tr("Speed"), "speedTile");
    m_rate = tile(tr("Learning rate"), "rateTile");
    m_norm = tile(tr("Gradient norm"), "normTile");
    for (MetricTile* each : {m_training, m_validation, m_best, m_speed, m_rate, m_norm})
        row->add(each);
    return row;
}

QWidget* RunMonitor::buildChartCard()
{
    const int u = unit(this);
    auto* card = new QFrame(this);
    card->setProperty("card", true);
    auto* legend = new QHBoxLayout;
    legend->setSpacing(u);
    legend->addWidget(makeHeading(tr("Loss"), card));
    legend->addStretch();
    const auto entry = [&](KeyIcon::Mark mark, Token token, const QString& text) {
        legend->addSpacing(2 * u);
        legend->addWidget(new KeyIcon(mark, token, card));
        legend->addWidget(makeCaption(text, card));
    };
    entry(KeyIcon::Mark::line, Token::training, tr("Training, smoothed"));
    entry(KeyIcon::Mark::raw, Token::trainingRaw, tr("Raw"));
    entry(KeyIcon::Mark::circles, Token::validation, tr("Validation"));
    entry(KeyIcon::Mark::diamond, Token::best, tr("Best"));
    entry(KeyIcon::Mark::triangle, Token::checkpoint, tr("Checkpoint"));
    m_chart = new LossChart(card);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(3 * u, 2 * u, 3 * u, u);
    layout->setSpacing(u);
    layout->addLayout(legend);
    layout->addWidget(m_chart, 1);
    return card;
}

QWidget* RunMonitor::buildTables(MetricsModel* metrics, LogModel* log)
{
    auto* tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    m_log = new TableView(tabs);
    m_log->setObjectName(QStringLiteral("log"));
    m_log->setAccessibleName(tr("Log"));
    m_log->setModel(log);
    m_log->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_log->horizontalHeader()->hide();
    m_log->horizontalHeader()->setSectionResizeMode(LogModel::timeColumn, QHeaderView::ResizeToContents);
    m_log->horizontalHeader()->setStretchLastSection(true);
    tabs->addTab(m_log, tr("Lo&g"));
    auto* values = new TableView(tabs);
    values->setObjectName(QStringLiteral("values"));
    values->setAccessibleName(tr("The chart's values as a table"));
    values->setModel(metrics);
    values->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    tabs->addTab(values, tr("Val&ues"));
    auto* card = new QFrame(this);
    card->setProperty("card", true);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(tabs);
    return card;
}

} // namespace falconer::ui
