// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/small_chart.h"

#include "ui/charts/plot.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

bool same(const QPointF& a, const QPointF& b) { return a.x() == b.x() && (a.y() == b.y() || std::isnan(a.y())); }

} // namespace

struct SmallChart::Parts {
    QString newest;
    QString word;
    Format format = recipeNumber;
    std::optional<double> reference;
    std::int64_t totalSteps = 0;
    std::size_t seen = 0; ///< how far the given vector has been read
    QPointF first;
    QPointF last;
    ElidedLabel* value = nullptr;
    Plot* plot = nullptr;

    void take(const std::vector<QPointF>& points)
    {
        MinMaxPyramid& data = plot->data(0);
        const bool grown
            = seen > 0 && points.size() >= seen && same(points.front(), first) && same(points[seen - 1], last);
        if (!grown) {
            data.clear();
            seen = 0;
        }
        for (std::size_t i = seen; i < points.size(); ++i)
            if (std::isfinite(points[i].x()) && std::isfinite(points[i].y()))
                data.append(points[i]);
        seen = points.size();
        if (!points.empty()) {
            first = points.front();
            last = points.back();
        }
    }
};

SmallChart::SmallChart(const QString& title, QWidget* parent)
    : QFrame(parent)
    , m_parts(std::make_unique<Parts>())
{
    Parts& p = *m_parts;
    const int u = unit(this);
    setProperty("card", true);
    auto* heading = makeHeading(title, this);
    heading->setFont(scaledFont(kCaptionSize, true));
    p.value = new ElidedLabel(Qt::ElideRight, this);
    p.value->setObjectName(QStringLiteral("newest"));
    p.value->setFont(scaledFont(kCaptionSize));
    p.value->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    p.value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    p.plot = new Plot(this);
    p.plot->setSmall();
    p.plot->setAccessibleName(title);
    p.plot->setFromZero(true);
    PlotLook look;
    look.width = 1.5;
    p.plot->addLine(look);
    auto* top = new QHBoxLayout;
    top->setSpacing(2 * u);
    top->addWidget(heading);
    top->addWidget(p.value, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * u, 1.5 * u, 2 * u, u);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(p.plot, 1);
    redraw();
}

SmallChart::~SmallChart() = default;

Plot* SmallChart::plot() const { return m_parts->plot; }
QString SmallChart::newest() const { return m_parts->value->fullText(); }

void SmallChart::setFormat(Format format)
{
    m_parts->format = std::move(format);
    redraw();
}

void SmallChart::setPoints(const std::vector<QPointF>& points)
{
    m_parts->take(points);
    redraw();
}

void SmallChart::setReference(std::optional<double> value, const QString& word)
{
    m_parts->reference = value;
    m_parts->word = word;
    m_parts->plot->setReference(value, word);
    redraw();
}

void SmallChart::setNewest(const QString& text)
{
    m_parts->newest = text;
    redraw();
}

void SmallChart::setTotalSteps(std::int64_t steps)
{
    m_parts->totalSteps = steps;
    redraw();
}

void SmallChart::setFromZero(bool fromZero) { m_parts->plot->setFromZero(fromZero); }

void SmallChart::clear()
{
    Parts& p = *m_parts;
    p.plot->data(0).clear();
    p.seen = 0;
    p.newest.clear();
    p.totalSteps = 0;
    redraw();
}

void SmallChart::redraw()
{
    Parts& p = *m_parts;
    p.plot->setEnd(double(p.totalSteps));
    const MinMaxPyramid& curve = p.plot->data(0);
    QStringList facts;
    if (!curve.empty()) {
        const double newest = curve.points().back().y();
        p.value->setFullText(p.newest.isEmpty() ? p.format(newest) : p.newest);
        const auto [low, high] = curve.minMax(0, curve.size());
        facts << tr("From %1 to %2 over %3 steps, between %4 and %5.")
                     .arg(p.format(curve.points().front().y()), p.format(newest))
                     .arg(std::llround(curve.points().back().x()))
                     .arg(p.format(curve[low].y()), p.format(curve[high].y()));
    } else {
        p.value->setFullText(p.newest.isEmpty() ? QStringLiteral("–") : p.newest);
        facts << tr("Nothing has been recorded yet.");
    }
    if (p.reference)
        facts << tr("The line \"%1\" is at %2.").arg(p.word, p.format(*p.reference));
    p.plot->setSummary(facts.join(QLatin1Char(' ')));
    p.plot->changed();
}

} // namespace falconer::ui
