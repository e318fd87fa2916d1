// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/overlay_chart.h"

#include "ui/charts/chart_export.h"
#include "ui/charts/chart_tools.h"
#include "ui/charts/plot.h"
#include "ui/charts/run_legend.h"
#include "ui/charts/throttle.h"
#include "ui/models/overlay_model.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/run_key.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

/// The lines of a run: its training under its validation.
int trainingLine(int run) { return 2 * run; }
int validationLine(int run) { return 2 * run + 1; }

} // namespace

struct OverlayChart::Parts {
    explicit Parts(OverlayChart* chart)
        : smoothing([this] { smoothAnew(); })
    {
        QObject::connect(&next, &QTimer::timeout, chart, [this] { smoothNext(); });
    }

    std::vector<RunCurve> runs;
    XAxis axis = XAxis::step;
    int highlighted = -1;
    OverlayModel* table = nullptr;
    Plot* plot = nullptr;
    ChartExport* files = nullptr;
    ChartTools* tools = nullptr;
    Segments* shown = nullptr;
    RunLegend* legend = nullptr;
    Throttle smoothing;
    QTimer next; ///< a run of the curves that are smoothed anew
    std::size_t smoothed = 0; ///< runs, since the slider was moved

    bool training() const { return shown->value() != OverlayChart::tr("Validation"); }
    bool validation() const { return shown->value() != OverlayChart::tr("Training"); }

    void smooth(std::size_t index)
    {
        MinMaxPyramid& curve = plot->data(trainingLine(static_cast<int>(index)));
        curve.clear();
        const double share = tools->smoothing();
        double average = 0;
        double weight = 0;
        for (const CurvePoint& point : runs[index].training) {
            average = share * average + (1 - share) * point.loss;
            weight = share * weight + (1 - share);
            curve.append({point.x(axis), average / weight});
        }
    }

    /// A run an event: eight long ones together would hold the window up.
    void smoothAnew()
    {
        smoothed = 0;
        if (training())
            next.start(0);
    }

    void smoothNext()
    {
        if (smoothed < runs.size())
            smooth(smoothed++);
        if (smoothed < runs.size())
            return;
        next.stop();
        plot->changed();
    }
};

OverlayChart::OverlayChart(QWidget* parent)
    : Card(tr("Overlay"), parent)
    , m_parts(std::make_unique<Parts>(this))
{
    Parts& p = *m_parts;
    const int u = unit(this);
    p.table = new OverlayModel(this);
    p.plot = new Plot(this);
    p.plot->setObjectName(QStringLiteral("overlayPlot"));
    p.plot->setAccessibleName(tr("Overlay of runs"));
    p.files = new ChartExport(
        p.plot, [this] { return OverlayModel::csv(m_parts->runs); }, this);
    p.tools = new ChartTools(p.plot, p.files, this);
    p.shown = new Segments({tr("Validation"), tr("Training"), tr("Both")}, p.tools);
    p.shown->setObjectName(QStringLiteral("shownLosses"));
    p.shown->setAccessibleName(tr("Losses shown"));
    p.shown->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    p.shown->setValue(tr("Validation"));
    for (const QString& each : {tr("Validation"), tr("Training"), tr("Both")})
        p.shown->button(each)->setToolTip(tr("Which losses are drawn; training is fainter where both are"));
    p.tools->addFirst(p.shown);
    p.tools->setSmoothing(0.85);
    addToHeading(p.tools);
    p.legend = new RunLegend(this);
    body()->setSpacing(u);
    auto* head = new QHBoxLayout;
    head->setSpacing(4 * u);
    head->addWidget(p.legend);
    head->addWidget(p.tools->note(), 1);
    body()->addLayout(head);
    body()->addWidget(p.plot, 1);

    connect(p.tools, &ChartTools::axisChanged, this, [this](XAxis axis) {
        m_parts->axis = axis;
        m_parts->plot->setAxis(axis);
        rebuild();
    });
    connect(p.tools, &ChartTools::smoothingChanged, this, [this] { m_parts->smoothing.request(); });
    connect(p.tools, &ChartTools::tableRequested, this, &OverlayChart::tableRequested);
    connect(p.shown, &Segments::edited, this, &OverlayChart::rebuild);
    connect(p.legend, &RunLegend::highlighted, this, [this](int run) {
        highlight(run);
        Q_EMIT highlighted(run);
    });
    connect(p.plot, &Plot::bestAsked, this, [this] {
        const Parts& parts = *m_parts;
        const RunCurve* best = nullptr;
        for (const RunCurve& run : parts.runs)
            if (run.best && (!best || run.best->loss < best->best->loss))
                best = &run;
        if (best)
            parts.plot->setCrosshair(best->best->x(parts.axis));
    });
    rebuild();
}

OverlayChart::~OverlayChart() = default;

Plot* OverlayChart::plot() const { return m_parts->plot; }
ChartTools* OverlayChart::tools() const { return m_parts->tools; }
OverlayModel* OverlayChart::table() const { return m_parts->table; }

void OverlayChart::setRuns(std::vector<RunCurve> runs)
{
    Parts& p = *m_parts;
    if (runs.size() > kMaxOverlayRuns)
        runs.resize(kMaxOverlayRuns);
    if (runs == p.runs)
        return;
    p.runs = std::move(runs);
    p.highlighted = -1;
    QStringList names;
    for (const RunCurve& run : p.runs)
        names << run.name;
    setHeading(p.runs.empty() ? tr("Overlay") : tr("Overlay of %n run(s)", nullptr, int(p.runs.size())));
    p.table->setRuns(p.runs);
    p.plot->fit();
    // The plot first: the legend's entries may ask for a run to be highlighted as soon as they are there.
    rebuild();
    p.legend->setRuns(names);
}

void OverlayChart::highlight(int index)
{
    Parts& p = *m_parts;
    const int runs = std::min(static_cast<int>(p.runs.size()), p.plot->lines() / 2);
    p.highlighted = index >= 0 && index < runs ? index : -1;
    for (int run = 0; run < runs; ++run) {
        const RunLook look = runLook(run);
        const bool faint = p.highlighted >= 0 && run != p.highlighted;
        PlotLook line;
        line.token = look.token;
        line.dash = look.dash;
        line.width = look.width + (run == p.highlighted ? 1 : 0);
        line.faint = faint;
        line.circles = false;
        line.hidden = !p.validation();
        p.plot->setLook(validationLine(run), line);
        // Beside its validation, training steps back.
        line.hidden = !p.training();
        line.trim = true;
        if (p.validation()) {
            line.width = 1;
            line.faint = faint || run != p.highlighted;
        }
        p.plot->setLook(trainingLine(run), line);
    }
}

void OverlayChart::rebuild()
{
    Parts& p = *m_parts;
    p.next.stop();
    p.plot->clearLines();
    std::vector<int> cursor;
    std::size_t longest = 0;
    double end = 0;
    std::vector<PlotMark> marks;
    for (int index = 0; index < static_cast<int>(p.runs.size()); ++index) {
        const RunCurve& run = p.runs[static_cast<std::size_t>(index)];
        p.plot->addLine({});
        p.plot->addLine({});
        p.smooth(static_cast<std::size_t>(index));
        for (const CurvePoint& point : run.validation)
            p.plot->data(validationLine(index)).append({point.x(p.axis), point.loss});
        // The crosshair stands on the points of the run that has most of them.
        const int line = p.validation() ? validationLine(index) : trainingLine(index);
        if (p.plot->data(line).size() > longest) {
            longest = p.plot->data(line).size();
            cursor = {line};
        }
        for (const int each : {trainingLine(index), validationLine(index)})
            if (!p.plot->data(each).empty())
                end = std::max(end, p.plot->data(each).points().back().x());
        if (run.best && p.validation()) {
            PlotMark mark;
            mark.x = run.best->x(p.axis);
            mark.y = run.best->loss;
            mark.token = runLook(index).token;
            marks.push_back(mark);
        }
    }
    highlight(p.highlighted);
    p.plot->setReader(cursor, [this](double x) { return reading(x); });
    p.plot->setMarks(std::move(marks));
    p.plot->setEnd(end);
    p.plot->setTitles(p.validation() && p.training() ? tr("Loss (nats per token)")
            : p.validation()                         ? tr("Validation loss (nats per token)")
                                                     : tr("Training loss (nats per token)"),
        axisTitle(p.axis));
    describe();
    p.plot->changed();
}

PlotReading OverlayChart::reading(double x) const
{
    const Parts& p = *m_parts;
    PlotReading result;
    result.title = placeText(p.axis, x);
    result.title[0] = result.title[0].toUpper();
    for (int run = 0; run < static_cast<int>(p.runs.size()); ++run) {
        const MinMaxPyramid& curve = p.plot->data(p.validation() ? validationLine(run) : trainingLine(run));
        if (curve.empty() || x < curve[0].x() || x > curve.points().back().x())
            continue;
        // Runs evaluate at different places: between two the value lies on the line that is drawn.
        const std::size_t after = std::max<std::size_t>(1, curve.lowerBound(x));
        double y = curve[0].y();
        if (after < curve.size() && x > curve[0].x()) {
            const QPointF a = curve[after - 1];
            const QPointF b = curve[after];
            y = b.x() > a.x() ? a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x()) : b.y();
        }
        result.rows.push_back({p.runs[static_cast<std::size_t>(run)].name, lossText(y), runLook(run).token, run, y});
    }
    std::stable_sort(result.rows.begin(), result.rows.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
    return result;
}

void OverlayChart::describe()
{
    const Parts& p = *m_parts;
    QStringList facts;
    const RunCurve* best = nullptr;
    for (const RunCurve& run : p.runs) {
        if (run.validation.empty()) {
            facts << tr("%1 has no validation loss.").arg(run.name);
            continue;
        }
        facts << tr("%1: validation loss from %2 to %3, best %4 at step %5.")
                     .arg(run.name, lossText(run.validation.front().loss), lossText(run.validation.back().loss),
                         lossText(run.best->loss))
                     .arg(std::llround(run.best->step));
        if (!best || run.best->loss < best->best->loss)
            best = &run;
    }
    if (best && p.runs.size() > 1)
        facts << tr("%1 reaches the lowest.").arg(best->name);
    p.plot->setSummary(facts.isEmpty() ? tr("No run is selected.") : facts.join(QLatin1Char(' ')));
}

} // namespace falconer::ui
