// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home_continue.h"

#include "core/hub/local_models.h"
#include "core/run/compare.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/text_labels.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QPainter>
#include <QPushButton>
#include <QtConcurrent>

#include <algorithm>

namespace falconer::ui {

/// The validation loss of the run, small.
class HomeContinue::Curve : public QWidget {
public:
    explicit Curve(QWidget* parent)
        : QWidget(parent)
    {
        setMinimumSize(45 * unit(this), 12 * unit(this));
        setAccessibleName(HomeContinue::tr("Validation loss"));
    }

    void set(std::vector<QPointF> points)
    {
        m_points = std::move(points);
        setAccessibleDescription(sparklineText(m_points));
        setToolTip(sparklineText(m_points));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (m_points.empty())
            return;
        QPainter painter(this);
        painter.setPen(QPen(color(Token::validation, palette()), 2));
        const auto best = std::min_element(
            m_points.begin(), m_points.end(), [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
        paintSparkline(painter, rect().adjusted(4, 4, -4, -4), m_points, palette(), *best);
    }

private:
    std::vector<QPointF> m_points;
};

HomeContinue::HomeContinue(Workspace& workspace, QWidget* parent)
    : Card(tr("Continue"), parent)
    , m_workspace(workspace)
    , m_name(new ElidedLabel(Qt::ElideMiddle, this))
    , m_state(new Pill(this))
    , m_facts(new ElidedLabel(Qt::ElideMiddle, this))
    , m_said(new ElidedLabel(Qt::ElideRight, this))
    , m_curve(new Curve(this))
    , m_open(new QPushButton(tr("Open in R&uns"), this))
    , m_goOn(new QPushButton(this))
{
    const int u = unit(this);
    setPrimary(m_goOn);
    m_goOn->setObjectName(QStringLiteral("continue"));
    m_goOn->setMinimumHeight(8 * u);
    m_open->setToolTip(tr("Shows its curves, settings and report on the Runs page"));
    m_name->setFont(scaledFont(1.0, true));
    for (ElidedLabel* label : {m_facts, m_said}) {
        label->setFont(scaledFont(kCaptionSize));
        label->setProperty("quiet", true);
    }
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * u);
    grid->setVerticalSpacing(u);
    auto* title = new QHBoxLayout;
    title->setSpacing(2 * u);
    title->addWidget(m_name);
    title->addWidget(m_state);
    title->addStretch();
    grid->addLayout(title, 0, 0);
    grid->addWidget(m_facts, 1, 0);
    grid->addWidget(m_said, 2, 0);
    grid->addWidget(m_curve, 0, 1, 3, 1);
    grid->addWidget(m_open, 0, 2, 3, 1, Qt::AlignVCenter);
    grid->addWidget(m_goOn, 0, 3, 3, 1, Qt::AlignVCenter);
    grid->setColumnStretch(0, 1);
    body()->addLayout(grid);
    hide();
    connect(m_open, &QPushButton::clicked, this, [this] {
        m_workspace.selectRun(m_folder);
        m_workspace.show(PageId::runs);
    });
    connect(m_goOn, &QPushButton::clicked, this, [this] {
        m_workspace.selectRun(m_folder);
        if (m_workspace.run().isRunning())
            m_workspace.show(PageId::train);
        else if (m_resumes)
            m_workspace.resumeRun(m_folder);
        else
            m_workspace.show(PageId::playground);
    });
    connect(&m_reading, &QFutureWatcherBase::finished, this, &HomeContinue::showLast);
    connect(&workspace, &Workspace::runsChanged, this, &HomeContinue::refresh);
}

void HomeContinue::refresh()
{
    const auto& items = m_workspace.recent().items();
    const auto last = std::find_if(items.begin(), items.end(), [](const RecentItems::Item& item) {
        return item.kind == RecentItems::Kind::run && QFileInfo(item.path).isDir();
    });
    if (last == items.end()) {
        hide();
        Q_EMIT shown(false);
        return;
    }
    m_folder = last->path.toStdString();
    m_reading.setFuture(QtConcurrent::run(&HomeContinue::read, m_folder));
}

HomeContinue::Last HomeContinue::read(const std::filesystem::path& folder)
{
    Last found;
    try {
        const RunFolder run = RunFolder::open(folder);
        RunReading reading = readRun(run);
        found.summary = std::move(reading.summary);
        for (const EvalMetrics& eval : reading.history.evals)
            found.validation.emplace_back(double(eval.step), eval.loss);
        if (const std::vector<std::int64_t> steps = run.checkpointSteps(); !steps.empty())
            found.saved = steps.back();
    } catch (const Error& error) {
        found.summary.path = folder;
        found.summary.name = folder.filename().string();
        found.summary.problem = error.what();
    }
    return found;
}

void HomeContinue::showLast()
{
    const Last last = m_reading.result();
    const RunSummary& run = last.summary;
    if (run.path != m_folder)
        return;
    m_name->setFullText(toQString(run.name));
    const bool live = run.state == "running";
    const bool done = run.state == "finished";
    m_resumes = !live && !done && run.problem.empty();
    m_state->set(live                ? tr("Running")
            : done                   ? tr("Finished")
            : run.state == "failed"  ? tr("Failed")
            : run.state == "stopped" ? tr("Stopped")
                                     : tr("Interrupted"),
        live                        ? Pill::Meaning::info
            : done                  ? Pill::Meaning::ok
            : run.state == "failed" ? Pill::Meaning::error
                                    : Pill::Meaning::warn);
    m_facts->setFullText(toQString(shortName(run.model)));
    m_facts->setToolTip(toQString(run.model));
    QStringList said;
    if (!run.problem.empty())
        said << toQString(run.problem);
    else if (last.saved)
        said << tr("State saved: step %1.").arg(countText(*last.saved));
    else if (!done)
        said << tr("No checkpoint was saved yet.");
    if (run.bestEvalLoss && run.bestStep)
        said << tr("Best validation loss %1 at step %2.").arg(lossText(*run.bestEvalLoss)).arg(*run.bestStep);
    m_said->setFullText(said.join(QLatin1Char(' ')));
    m_curve->set(last.validation);
    m_curve->setVisible(last.validation.size() > 1);
    m_goOn->setVisible(run.problem.empty());
    m_goOn->setText(live ? tr("&Watch it") : m_resumes ? tr("Re&sume") : tr("Tr&y it out"));
    m_goOn->setIcon(icon(live || m_resumes ? QStringLiteral("start") : QStringLiteral("playground"), Token::onAccent));
    m_goOn->setToolTip(live            ? tr("Shows the Train page")
            : m_resumes && !last.saved ? tr("Begins again with the same recipe, as nothing was saved")
            : m_resumes                ? tr("Goes on from the newest checkpoint, to the same numbers")
                                       : tr("Asks the base model and the tuned one side by side"));
    show();
    Q_EMIT shown(true);
}

} // namespace falconer::ui
