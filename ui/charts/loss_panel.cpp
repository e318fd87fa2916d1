// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loss_panel.h"

#include "ui/charts/chart_export.h"
#include "ui/charts/chart_tools.h"
#include "ui/charts/plot.h"
#include "ui/charts/throttle.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/key_icon.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace falconer::ui {
namespace {

constexpr int kMostEpochs = 200; ///< boundaries; beyond that they would be no landmarks

PlotLook lookOf(Token token, double width)
{
    PlotLook look;
    look.token = token;
    look.width = width;
    return look;
}

} // namespace

struct LossPanel::Parts {
    explicit Parts(LossPanel* panel)
        : smoothing([this] {
            if (metrics)
                metrics->setSmoothing(tools->smoothing());
        })
    {
        retake.setSingleShot(true);
        QObject::connect(&retake, &QTimer::timeout, panel, &LossPanel::takeNew);
    }

    QPointer<MetricsModel> metrics;
    std::int64_t totalSteps = 0;
    std::vector<Band> bands;
    XAxis axis = XAxis::step;
    Plot* plot = nullptr;
    ChartTools* tools = nullptr;
    ChartExport* files = nullptr;
    int raw = 0;
    int training = 0;
    int validation = 0;
    Throttle smoothing;
    bool isStale = false; ///< the training curve is that of an older smoothing
    QTimer retake;
};

LossPanel::LossPanel(QWidget* parent)
    : Card(tr("Loss"), parent)
    , m_parts(std::make_unique<Parts>(this))
{
    Parts& p = *m_parts;
    const int u = unit(this);
    p.plot = new Plot(this);
    p.plot->setObjectName(QStringLiteral("lossPlot"));
    p.plot->setAccessibleName(tr("Loss chart"));
    PlotLook raw = lookOf(Token::trainingRaw, 1);
    raw.trim = true;
    p.raw = p.plot->addLine(raw);
    p.training = p.plot->addLine(lookOf(Token::training, 2));
    PlotLook validation = lookOf(Token::validation, 2);
    validation.circles = true;
    p.validation = p.plot->addLine(validation);
    p.plot->setTitles(tr("Loss (nats per token)"), axisTitle(XAxis::step));
    p.files = new ChartExport(
        p.plot,
        [this]() -> std::function<QByteArray()> {
            if (!m_parts->metrics)
                return [] { return QByteArray(); };
            return m_parts->metrics->csv();
        },
        this);
    p.tools = new ChartTools(p.plot, p.files, this);
    addToHeading(p.tools);

    auto* legend = new QWidget(this);
    auto* entries = new FlowLayout(legend);
    entries->setSpacing(4 * u);
    const auto entry = [&](KeyIcon::Mark mark, Token token, const QString& text) {
        auto* pair = new QWidget(legend);
        auto* row = new QHBoxLayout(pair);
        row->setContentsMargins({});
        row->setSpacing(1.5 * u);
        row->addWidget(new KeyIcon(mark, token, pair));
        row->addWidget(makeCaption(text, pair));
        entries->addWidget(pair);
    };
    entry(KeyIcon::Mark::line, Token::training, tr("Training"));
    entry(KeyIcon::Mark::raw, Token::trainingRaw, tr("Raw"));
    entry(KeyIcon::Mark::circles, Token::validation, tr("Validation"));
    entry(KeyIcon::Mark::diamond, Token::best, tr("Best"));
    entry(KeyIcon::Mark::triangle, Token::checkpoint, tr("Checkpoint"));
    QSizePolicy flowing(QSizePolicy::Preferred, QSizePolicy::Fixed);
    flowing.setHeightForWidth(true);
    legend->setSizePolicy(flowing);
    body()->setSpacing(u);
    auto* head = new QHBoxLayout;
    head->setSpacing(4 * u);
    head->addWidget(legend);
    head->addWidget(p.tools->note(), 1);
    body()->addLayout(head);
    body()->addWidget(p.plot, 1);

    p.tools->setSmoothing(0.85);
    connect(p.tools, &ChartTools::axisChanged, this, [this](XAxis axis) {
        m_parts->axis = axis;
        m_parts->plot->setAxis(axis);
        m_parts->plot->setTitles(tr("Loss (nats per token)"), axisTitle(axis));
        rebuild();
        refresh();
    });
    connect(p.tools, &ChartTools::smoothingChanged, this, [this] { m_parts->smoothing.request(); });
    connect(p.tools, &ChartTools::tableRequested, this, &LossPanel::tableRequested);
    connect(p.plot, &Plot::bestAsked, this, [this] {
        const auto& m = m_parts->metrics;
        if (m && m->curves().best)
            m_parts->plot->setCrosshair(m->xAt(m->curves().best->x(), m_parts->axis));
    });
    p.plot->setReader({p.raw, p.validation}, [this](double x) { return reading(x); });
    describe();
}

LossPanel::~LossPanel() = default;

Plot* LossPanel::plot() const { return m_parts->plot; }
ChartTools* LossPanel::tools() const { return m_parts->tools; }

void LossPanel::setMetrics(MetricsModel* metrics)
{
    Parts& p = *m_parts;
    if (p.metrics)
        p.metrics->disconnect(this);
    p.metrics = metrics;
    if (metrics) {
        connect(metrics, &QAbstractItemModel::modelReset, this, &LossPanel::rebuild);
        connect(metrics, &MetricsModel::smoothingChanged, this, [this] {
            // Smoothing a long run took its part of a frame already; its curve is taken up in the next.
            m_parts->isStale = true;
            m_parts->retake.start(0);
            m_parts->tools->setSmoothing(m_parts->metrics->smoothing());
        });
        p.tools->setSmoothing(metrics->smoothing());
    }
    rebuild();
    refresh();
}

void LossPanel::setTotalSteps(std::int64_t steps) { m_parts->totalSteps = steps; }

void LossPanel::setBands(std::vector<Band> bands) { m_parts->bands = std::move(bands); }

void LossPanel::rebuild()
{
    for (int line = 0; line < m_parts->plot->lines(); ++line)
        m_parts->plot->data(line).clear();
    takeNew();
}

void LossPanel::takeNew()
{
    Parts& p = *m_parts;
    p.retake.stop();
    if (std::exchange(p.isStale, false))
        p.plot->data(p.training).clear();
    if (p.metrics) {
        const LossCurves& curves = p.metrics->curves();
        const auto take = [&](int line, const std::vector<QPointF>& points) {
            MinMaxPyramid& curve = p.plot->data(line);
            for (std::size_t i = curve.size(); i < points.size(); ++i)
                curve.append({p.metrics->xOf(i, p.axis), points[i].y()});
        };
        take(p.raw, curves.raw);
        take(p.training, curves.smoothed);
        MinMaxPyramid& validation = p.plot->data(p.validation);
        for (std::size_t i = validation.size(); i < curves.validation.size(); ++i)
            validation.append({p.metrics->xAt(curves.validation[i].x(), p.axis), curves.validation[i].y()});
    }
    p.plot->changed();
}

void LossPanel::refresh()
{
    takeNew();
    drawMarks();
    describe();
}

void LossPanel::drawMarks()
{
    Parts& p = *m_parts;
    std::vector<PlotMark> marks;
    std::vector<PlotBand> bands;
    std::vector<PlotDivider> epochs;
    double end = 0;
    std::optional<double> now;
    if (p.metrics) {
        const LossCurves& curves = p.metrics->curves();
        const auto place = [&](double step) { return p.metrics->xAt(step, p.axis); };
        double newest = 0;
        for (const auto* curve : {&curves.raw, &curves.validation})
            if (!curve->empty())
                newest = std::max(newest, curve->back().x());
        const double last = std::max(newest, double(p.totalSteps));
        end = place(last);
        if (newest > 0 && newest < last)
            now = place(newest);
        for (const QPointF& checkpoint : curves.checkpoints) {
            PlotMark mark;
            mark.shape = PlotMark::Shape::triangle;
            mark.x = place(checkpoint.x());
            mark.token = Token::checkpoint;
            marks.push_back(mark);
        }
        if (curves.best) {
            PlotMark mark;
            mark.x = place(curves.best->x());
            mark.y = curves.best->y();
            mark.text = tr("Best %1 at step %2").arg(lossText(curves.best->y())).arg(std::llround(curves.best->x()));
            marks.push_back(mark);
        }
        for (const Band& band : p.bands) {
            const bool watch = band.kind == BandKind::watch;
            PlotBand drawn;
            drawn.from = place(double(band.from));
            drawn.to = place(band.to > band.from ? double(band.to) : newest);
            drawn.fill = watch ? Token::watchBand : Token::overfittingBand;
            drawn.edge = watch ? Token::watchEdge : Token::overfittingEdge;
            drawn.dense = !watch;
            drawn.word = watch ? tr("Watch") : tr("Overfitting");
            bands.push_back(drawn);
        }
        const double lastEpoch = curves.raw.empty() ? 0 : p.metrics->xAt(last, XAxis::epoch);
        const int whole = static_cast<int>(std::clamp(std::round(lastEpoch * 1000) / 1000, 0.0, 1e6));
        if (p.axis != XAxis::epoch && whole >= 1 && whole <= kMostEpochs)
            for (int epoch = 1; epoch <= whole; ++epoch)
                epochs.push_back({place(p.metrics->stepAt(epoch, XAxis::epoch)), tr("epoch %1").arg(epoch)});
    }
    p.plot->setMarks(std::move(marks));
    p.plot->setBands(std::move(bands));
    p.plot->setDividers(std::move(epochs));
    p.plot->setNow(now);
    p.plot->setEnd(end);
}

PlotReading LossPanel::reading(double x) const
{
    const Parts& p = *m_parts;
    PlotReading result;
    if (!p.metrics)
        return result;
    const auto step = std::llround(p.metrics->stepAt(x, p.axis));
    result.title = tr("Step %1").arg(countText(step));
    if (const double epoch = p.metrics->xAt(double(step), XAxis::epoch); epoch > 0)
        result.title += tr(" · epoch %1").arg(epoch, 0, 'f', 2);
    if (p.axis == XAxis::tokens || p.axis == XAxis::time)
        result.title += QStringLiteral(" · ") + placeText(p.axis, x);
    const auto value = [&](int line, const QString& name, Token token, bool exact) {
        const MinMaxPyramid& curve = p.plot->data(line);
        if (curve.empty())
            return;
        const QPointF point = curve[curve.nearest(x)];
        // A validation loss belongs to its own step; elsewhere it would be somebody else's.
        if (exact && std::abs(point.x() - x) > 1e-9 * std::max(1.0, std::abs(x)))
            return;
        result.rows.push_back({name, lossText(point.y()), token, -1, token == Token::text2 ? std::nan("") : point.y()});
    };
    value(p.training, tr("training"), Token::training, false);
    value(p.raw, tr("raw"), Token::text2, false);
    value(p.validation, tr("validation"), Token::validation, true);
    return result;
}

void LossPanel::describe()
{
    const Parts& p = *m_parts;
    QStringList facts;
    if (p.metrics) {
        const LossCurves& curves = p.metrics->curves();
        if (!curves.smoothed.empty())
            facts << tr("Training loss went from %1 to %2 over %3 steps.")
                         .arg(lossText(curves.smoothed.front().y()), lossText(curves.smoothed.back().y()))
                         .arg(std::llround(curves.smoothed.back().x()));
        const auto& validation = curves.validation;
        if (!validation.empty()) {
            facts << tr("Validation loss went from %1 to %2.")
                         .arg(lossText(validation.front().y()), lossText(validation.back().y()));
            if (validation.size() > 1) {
                const double change = validation.back().y() - validation[validation.size() - 2].y();
                facts << (change < 0 ? tr("It fell at the last evaluation.")
                        : change > 0 ? tr("It rose at the last evaluation.")
                                     : tr("It did not change at the last evaluation."));
            }
        }
        if (curves.best)
            facts
                << tr("The best is %1 at step %2.").arg(lossText(curves.best->y())).arg(std::llround(curves.best->x()));
        for (const Band& band : facts.isEmpty() ? std::vector<Band>() : p.bands)
            facts << (band.kind == BandKind::watch ? tr("Watch from step %1.") : tr("Overfitting from step %1."))
                         .arg(band.from);
    }
    p.plot->setSummary(facts.isEmpty() ? tr("Nothing has been recorded yet.") : facts.join(QLatin1Char(' ')));
}

} // namespace falconer::ui
