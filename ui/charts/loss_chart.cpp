// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loss_chart.h"

#include "ui/charts/axis_range.h"
#include "ui/charts/decimate.h"
#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
#include <QScatterSeries>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace falconer::ui {

struct LossChart::Parts {
    QChart* chart = new QChart;
    QChartView* view = nullptr;
    QValueAxis* stepAxis = new QValueAxis;
    QValueAxis* lossAxis = new QValueAxis;
    // Series in the order in which they are painted.
    QLineSeries* raw = new QLineSeries;
    QLineSeries* bestLine = new QLineSeries;
    QLineSeries* training = new QLineSeries;
    QLineSeries* validation = new QLineSeries;
    QScatterSeries* evaluations = new QScatterSeries;
    QScatterSeries* checkpoints = new QScatterSeries;
    QScatterSeries* best = new QScatterSeries;
    QGraphicsSimpleTextItem* bestLabel = nullptr;
    QGraphicsSimpleTextItem* lossTitle = nullptr;
    QGraphicsSimpleTextItem* stepTitle = nullptr;
    bool hasLosses = false;
    bool hasSteps = false;
};

LossChart::LossChart(QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>())
{
    Parts& p = *m_parts;
    p.view = new QChartView(p.chart, this);
    p.view->setFrameShape(QFrame::NoFrame);
    p.view->setRenderHint(QPainter::Antialiasing);
    p.view->setAccessibleName(tr("Loss chart"));
    p.view->setFocusPolicy(Qt::NoFocus);
    p.view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    p.view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(p.view);

    p.chart->setAnimationOptions(QChart::NoAnimation);
    p.chart->legend()->hide();
    p.chart->setBackgroundRoundness(0);
    p.chart->setDropShadowEnabled(false);
    const int u = unit(this);
    p.chart->layout()->setContentsMargins(0, 0, 0, 0);
    p.chart->setMargins(QMargins(0, 4 * u, 2 * u, 4 * u));
    p.chart->addAxis(p.stepAxis, Qt::AlignBottom);
    p.chart->addAxis(p.lossAxis, Qt::AlignLeft);
    for (QXYSeries* series : std::initializer_list<QXYSeries*>{
             p.raw, p.bestLine, p.training, p.validation, p.evaluations, p.checkpoints, p.best}) {
        p.chart->addSeries(series);
        series->attachAxis(p.stepAxis);
        series->attachAxis(p.lossAxis);
        series->setUseOpenGL(false);
    }
    p.stepAxis->setGridLineVisible(false);
    p.stepAxis->setLabelFormat(QStringLiteral("%d"));
    p.lossAxis->setLineVisible(false);
    p.stepAxis->setTickType(QValueAxis::TicksDynamic);
    p.stepAxis->setTickAnchor(0);
    p.evaluations->setMarkerSize(8);
    p.best->setMarkerShape(QScatterSeries::MarkerShapeRotatedRectangle);
    p.best->setMarkerSize(13);
    p.checkpoints->setMarkerShape(QScatterSeries::MarkerShapeTriangle);
    p.checkpoints->setMarkerSize(9);

    p.bestLabel = new QGraphicsSimpleTextItem(p.chart);
    p.lossTitle = new QGraphicsSimpleTextItem(tr("Loss (nats per token)"), p.chart);
    p.stepTitle = new QGraphicsSimpleTextItem(tr("Step"), p.chart);
    connect(p.chart, &QChart::plotAreaChanged, this, &LossChart::placeBestLabel);
    setMinimumHeight(36 * u);
    applyColors();
    show({}, 0);
}

LossChart::~LossChart() = default;

void LossChart::applyColors()
{
    Parts& p = *m_parts;
    const auto token = [this](Token t) { return color(t, palette()); };
    p.chart->setBackgroundBrush(token(Token::surface));
    p.chart->setBackgroundPen(Qt::NoPen);
    p.view->setBackgroundBrush(token(Token::surface));
    p.raw->setPen(QPen(token(Token::trainingRaw), 1));
    p.training->setPen(QPen(token(Token::training), 2));
    p.validation->setPen(QPen(token(Token::validation), 2));
    p.evaluations->setPen(QPen(token(Token::validation), 2));
    p.evaluations->setBrush(token(Token::surface));
    p.best->setPen(QPen(token(Token::surface), 1));
    p.best->setBrush(token(Token::best));
    p.bestLine->setPen(QPen(token(Token::best), 1.5, Qt::DashLine));
    p.checkpoints->setPen(Qt::NoPen);
    p.checkpoints->setBrush(token(Token::checkpoint));
    const QFont caption = scaledFont(kCaptionSize);
    for (QValueAxis* axis : {p.stepAxis, p.lossAxis}) {
        axis->setLabelsFont(caption);
        axis->setGridLinePen(QPen(token(Token::grid), 1));
        axis->setLinePen(QPen(token(Token::control), 1));
    }
    colorLabels();
    for (QGraphicsSimpleTextItem* title : {p.lossTitle, p.stepTitle}) {
        title->setFont(caption);
        title->setBrush(token(Token::text2));
    }
    p.bestLabel->setFont(scaledFont(kCaptionSize, true));
    p.bestLabel->setBrush(token(Token::best));
}

void LossChart::colorLabels()
{
    Parts& p = *m_parts;
    const QColor ink = color(Token::text2, palette());
    p.lossAxis->setLabelsColor(p.hasLosses ? ink : QColor(Qt::transparent));
    p.stepAxis->setLabelsColor(p.hasSteps ? ink : QColor(Qt::transparent));
}

void LossChart::show(const LossCurves& curves, std::int64_t totalSteps)
{
    Parts& p = *m_parts;
    // Numbers on the axes of an empty chart would be made up; their room is kept, so that nothing moves when they come.
    const bool empty = curves.raw.empty() && curves.validation.empty();
    p.hasLosses = !empty;
    p.hasSteps = !empty || totalSteps > 0;
    colorLabels();
    const AxisRange loss = lossRange(curves);
    p.lossAxis->setRange(loss.minimum, loss.maximum);
    // A count rather than an interval: summing 0.2 up would miss the topmost tick by a rounding error.
    p.lossAxis->setTickCount(static_cast<int>(std::lround((loss.maximum - loss.minimum) / loss.step)) + 1);
    p.lossAxis->setLabelFormat(loss.step < 0.0099 ? QStringLiteral("%.3f")
            : loss.step < 0.099                   ? QStringLiteral("%.2f")
                                                  : QStringLiteral("%.1f"));
    double lastStep = double(totalSteps);
    for (const auto* curve : {&curves.raw, &curves.validation})
        if (!curve->empty())
            lastStep = std::max(lastStep, curve->back().x());
    lastStep = std::max(lastStep, 1.0);
    // A little room at both ends keeps the circle of step 0 and a best of the last step whole.
    p.stepAxis->setRange(-0.008 * lastStep, 1.01 * lastStep);
    p.stepAxis->setTickInterval(std::max(1.0, niceRange(0, lastStep, 10).step));

    p.raw->replace(decimate(curves.raw));
    p.training->replace(decimate(curves.smoothed));
    const QList<QPointF> validation = decimate(curves.validation);
    p.validation->replace(validation);
    p.evaluations->replace(validation);
    QList<QPointF> checkpoints;
    for (const QPointF& point : curves.checkpoints)
        checkpoints << QPointF(point.x(), loss.minimum + 0.012 * (loss.maximum - loss.minimum));
    p.checkpoints->replace(checkpoints);
    if (curves.best) {
        p.best->replace(QList<QPointF>{*curves.best});
        p.bestLine->replace(QList<QPointF>{{curves.best->x(), loss.minimum}, {curves.best->x(), loss.maximum}});
        p.bestLabel->setText(
            tr("Best %1 at step %2").arg(lossText(curves.best->y())).arg(std::llround(curves.best->x())));
    } else {
        p.best->clear();
        p.bestLine->clear();
        p.bestLabel->setText({});
    }
    placeBestLabel();
    describe(curves);
}

void LossChart::placeBestLabel()
{
    Parts& p = *m_parts;
    const QRectF plot = p.chart->plotArea();
    const int u = unit(this);
    p.lossTitle->setPos(u, plot.top() - p.lossTitle->boundingRect().height() - 1.5 * u);
    p.stepTitle->setPos(plot.right() - p.stepTitle->boundingRect().width(), plot.bottom() + 5.5 * u);
    if (p.best->count() == 0)
        return;
    const qreal x = p.chart->mapToPosition(p.best->at(0), p.best).x();
    const QRectF label = p.bestLabel->boundingRect();
    // Beside its line, on the side that has room.
    const bool right = x + label.width() + 3 * u < plot.right();
    p.bestLabel->setPos(right ? x + 2 * u : x - label.width() - 2 * u, plot.top() + u);
}

void LossChart::describe(const LossCurves& curves)
{
    QStringList facts;
    if (!curves.smoothed.empty())
        facts << tr("Training loss went from %1 to %2 over %3 steps.")
                     .arg(lossText(curves.smoothed.front().y()), lossText(curves.smoothed.back().y()))
                     .arg(std::llround(curves.smoothed.back().x()));
    if (!curves.validation.empty())
        facts << tr("Validation loss went from %1 to %2.")
                     .arg(lossText(curves.validation.front().y()), lossText(curves.validation.back().y()));
    if (curves.best)
        facts << tr("The best is %1 at step %2.").arg(lossText(curves.best->y())).arg(std::llround(curves.best->x()));
    m_parts->view->setAccessibleDescription(
        facts.isEmpty() ? tr("Nothing has been recorded yet.") : facts.join(QLatin1Char(' ')));
}

int LossChart::rawPoints() const { return m_parts->raw->count(); }
int LossChart::trainingPoints() const { return m_parts->training->count(); }
int LossChart::validationPoints() const { return m_parts->validation->count(); }

void LossChart::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyColors();
    QWidget::changeEvent(event);
}

} // namespace falconer::ui
