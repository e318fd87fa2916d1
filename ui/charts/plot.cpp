// SPDX-License-Identifier: GPL-3.0-or-later
// What a plot shows; how it is painted is in plot_paint.cpp and plot_marks.cpp, keys and mouse in plot_input.cpp.
#include "ui/charts/plot.h"

#include "ui/charts/axis_range.h"
#include "ui/charts/plot_charts.h"
#include "ui/theme/style.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

constexpr int kStillAfter = 200; ///< ms without a change
constexpr std::size_t kFewPoints = 1500; ///< in all curves: smooth edges cost next to nothing
constexpr std::size_t kSampled = 4000; ///< values from which the outermost hundredth is judged

} // namespace

Plot::Plot(QWidget* parent)
    : QWidget(parent)
    , m_charts(std::make_unique<Charts>())
    , m_still(new QTimer(this))
{
    setLayoutDirection(Qt::LeftToRight);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_still->setSingleShot(true);
    m_still->setInterval(kStillAfter);
    connect(m_still, &QTimer::timeout, this, [this] {
        m_isStill = true;
        if (m_drawnSmooth)
            return;
        m_dirty = true;
        update();
    });
    m_follow = new QToolButton(this);
    m_follow->setObjectName(QStringLiteral("follow"));
    m_follow->setText(tr("Follow"));
    m_follow->setToolTip(tr("Shows the whole run again and follows it (0)"));
    m_follow->setAccessibleName(tr("Follow the run"));
    m_follow->setMinimumHeight(6 * unit(this));
    m_follow->hide();
    connect(m_follow, &QToolButton::clicked, this, [this] {
        fit();
        setFocus();
    });
    connect(this, &Plot::movedChanged, m_follow, &QWidget::setVisible);
}

Plot::~Plot() = default;

int Plot::addLine(const PlotLook& look)
{
    m_lines.push_back({look, {}});
    m_charts->add();
    return lines() - 1;
}

void Plot::clearLines()
{
    m_lines.clear();
    m_charts->clear();
    changed();
}

void Plot::setLook(int line, const PlotLook& look)
{
    PlotLook& old = m_lines[static_cast<std::size_t>(line)].look;
    if (old == look)
        return;
    old = look;
    changed();
}

void Plot::setMarks(std::vector<PlotMark> marks)
{
    m_marks = std::move(marks);
    changed();
}

void Plot::setBands(std::vector<PlotBand> bands)
{
    m_bands = std::move(bands);
    changed();
}

void Plot::setDividers(std::vector<PlotDivider> dividers)
{
    m_dividers = std::move(dividers);
    changed();
}

void Plot::setReference(std::optional<double> value, const QString& word)
{
    m_reference = value && std::isfinite(*value) ? value : std::nullopt;
    m_referenceWord = word;
    changed();
}

void Plot::setNow(std::optional<double> x)
{
    m_now = x;
    changed();
}

void Plot::setEnd(double x)
{
    m_end = x;
    changed();
}

void Plot::setAxis(XAxis axis)
{
    if (axis == m_axis)
        return;
    m_axis = axis;
    m_crosshair.reset();
    fit();
}

void Plot::setTitles(const QString& y, const QString& x)
{
    m_yTitle = y;
    m_xTitle = x;
    changed();
}

void Plot::setLog(bool log)
{
    if (log == m_log)
        return;
    m_log = log;
    if (m_moved) {
        // The stretch of x stays; the old heights mean nothing on the new scale.
        const PlotView all = fitted();
        m_moved->y0 = all.y0;
        m_moved->y1 = all.y1;
    }
    changed();
}

void Plot::setTrimmed(bool trimmed)
{
    m_trimmed = trimmed;
    changed();
}

void Plot::setFromZero(bool fromZero)
{
    m_fromZero = fromZero;
    changed();
}

void Plot::setSmall()
{
    m_small = true;
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(false);
    changed();
}

void Plot::changed()
{
    m_dirty = true;
    m_isStill = false;
    m_still->start();
    update();
}

bool Plot::fewPoints() const
{
    std::size_t points = 0;
    for (const Line& line : m_lines)
        points += std::min(line.data.size(), kMaxChartPoints);
    return points <= kFewPoints;
}

double Plot::scaled(double y) const { return m_log ? std::log10(y) : y; }

void Plot::fitValues(double& low, double& high) const
{
    const auto include = [&](double y) {
        if (m_log && !(y > 0))
            return; // a logarithm has no place for it
        low = std::min(low, y);
        high = std::max(high, y);
    };
    for (const Line& line : m_lines) {
        if (line.data.empty() || line.look.hidden)
            continue;
        if (line.look.trim && m_trimmed) {
            std::vector<double> values = line.data.sample(kSampled);
            const auto cut = static_cast<std::ptrdiff_t>(values.size() / 100);
            std::nth_element(values.begin(), values.begin() + cut, values.end());
            include(values[static_cast<std::size_t>(cut)]);
            std::nth_element(values.begin(), values.end() - cut - 1, values.end());
            include(*(values.end() - cut - 1));
        } else {
            const auto [lowest, highest] = line.data.minMax(0, line.data.size());
            include(line.data[lowest].y());
            include(line.data[highest].y());
        }
    }
    if (m_reference)
        include(*m_reference);
    if (m_fromZero && !m_log)
        include(0);
}

PlotView Plot::fitted() const
{
    PlotView view;
    double end = m_end;
    double start = 0;
    for (const Line& line : m_lines)
        if (!line.data.empty() && !line.look.hidden)
            end = std::max(end, line.data.points().back().x());
    if (!(end > start))
        end = start + 1;
    // A little room at both ends keeps the circle of step 0 and a best of the last step whole.
    view.x0 = start - 0.008 * (end - start);
    view.x1 = end + 0.01 * (end - start);
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    fitValues(low, high);
    if (low > high) {
        low = m_log ? 1 : 0;
        high = m_log ? 10 : 5;
    }
    if (m_log) {
        view.y0 = std::log10(low);
        view.y1 = std::log10(high);
        const double margin = std::max(0.01, 0.06 * view.height());
        view.y0 -= margin;
        view.y1 += margin;
    } else {
        const AxisRange range = niceRange(low, high, m_small ? 3 : 5);
        view.y0 = range.minimum;
        view.y1 = range.maximum;
    }
    return view;
}

PlotView Plot::view() const { return m_moved.value_or(fitted()); }

void Plot::moveTo(PlotView view)
{
    const PlotView all = fitted();
    // Neither beyond what numbers can tell apart nor so far out that the curves are lost.
    const auto clampSpan = [](double& low, double& high, double from, double to) {
        const double whole = to - from;
        const double middle = (low + high) / 2;
        const double span = std::clamp(high - low, whole * 1e-6, whole * 3);
        const double centre = std::clamp(middle, from - whole * 0.5, to + whole * 0.5);
        low = centre - span / 2;
        high = centre + span / 2;
    };
    clampSpan(view.x0, view.x1, all.x0, all.x1);
    clampSpan(view.y0, view.y1, all.y0, all.y1);
    const bool wasMoved = isMoved();
    m_moved = view;
    changed();
    if (!wasMoved)
        Q_EMIT movedChanged(true);
}

void Plot::fit()
{
    const bool wasMoved = isMoved();
    m_moved.reset();
    changed();
    if (wasMoved)
        Q_EMIT movedChanged(false);
}

void Plot::zoomAround(double x, double y, double factorX, double factorY)
{
    const PlotView now = view();
    moveTo({x + (now.x0 - x) / factorX, x + (now.x1 - x) / factorX, y + (now.y0 - y) / factorY,
        y + (now.y1 - y) / factorY});
}

void Plot::zoom(double factor)
{
    const PlotView now = view();
    double x = (now.x0 + now.x1) / 2;
    double y = (now.y0 + now.y1) / 2;
    if (m_crosshair && m_reader) {
        // Around what the crosshair points at, or that would leave the view.
        x = *m_crosshair;
        for (const PlotReading::Row& row : m_reader(x).rows)
            if (std::isfinite(row.y) && std::isfinite(scaled(row.y)))
                y = scaled(row.y);
    }
    zoomAround(x, y, factor, factor);
}

QPointF Plot::toPixel(double x, double y) const
{
    return {m_area.left() + (x - m_drawn.x0) / m_drawn.width() * m_area.width(),
        m_area.bottom() - (scaled(y) - m_drawn.y0) / m_drawn.height() * m_area.height()};
}

QPointF Plot::toView(const QPointF& pixel) const
{
    return {m_drawn.x0 + (pixel.x() - m_area.left()) / m_area.width() * m_drawn.width(),
        m_drawn.y0 + (m_area.bottom() - pixel.y()) / m_area.height() * m_drawn.height()};
}

void Plot::setSummary(const QString& summary)
{
    m_summary = summary;
    if (!m_crosshair)
        setAccessibleDescription(summary);
}

int Plot::drawnPoints(int line) const { return m_charts->points(line); }

QImage Plot::image(double scale)
{
    QImage image(QSizeF(QSizeF(size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    draw(painter, size(), true);
    m_dirty = true; // the screen's own picture has another resolution
    return image;
}

QByteArray Plot::svg()
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size());
    generator.setViewBox(QRect(QPoint(), size()));
    generator.setTitle(accessibleName());
    generator.setDescription(m_summary);
    QPainter painter(&generator);
    draw(painter, size(), true);
    painter.end();
    m_dirty = true;
    return buffer.data();
}

QSize Plot::sizeHint() const
{
    const int u = unit(this);
    return m_small ? QSize(50 * u, 20 * u) : QSize(160 * u, 80 * u);
}

QSize Plot::minimumSizeHint() const
{
    const int u = unit(this);
    return m_small ? QSize(30 * u, 14 * u) : QSize(60 * u, 44 * u);
}

} // namespace falconer::ui
