// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parallel_chart.h"

#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/key_icon.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace falconer::ui {
namespace {

constexpr double kLogFrom = 8; ///< factor between the smallest and the largest value
constexpr qreal kNear = 8; ///< px between the mouse and a line

/// Shortest distance of `p` from the segment `a`–`b`.
qreal distance(const QPointF& p, const QPointF& a, const QPointF& b)
{
    const QPointF d = b - a;
    const qreal length = QPointF::dotProduct(d, d);
    const qreal t = length > 0 ? std::clamp(QPointF::dotProduct(p - a, d) / length, 0.0, 1.0) : 0.0;
    const QPointF to = a + t * d - p;
    return std::sqrt(QPointF::dotProduct(to, to));
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

ParallelChart::ParallelChart(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setLayoutDirection(Qt::LeftToRight); // from the settings to the loss, as axes are read
    setAccessibleName(tr("Sweep results"));
    setToolTip(tr("One line a run; left and right arrows go from the best to the worst"));
    describe();
}

ParallelChart::Axis ParallelChart::makeAxis(const QString& key, const QStringList& values) const
{
    Axis axis;
    axis.key = key;
    bool numeric = true;
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (const QString& value : values) {
        bool ok = false;
        const double number = value.toDouble(&ok);
        numeric = numeric && ok && std::isfinite(number);
        low = std::min(low, number);
        high = std::max(high, number);
    }
    if (!numeric || values.isEmpty()) {
        axis.categories = values;
        axis.categories.removeDuplicates();
        axis.categories.sort();
        return axis;
    }
    axis.log = low > 0 && high / low >= kLogFrom;
    axis.low = low;
    axis.high = high;
    return axis;
}

void ParallelChart::setSweep(const QStringList& keys, std::vector<SweepResult> results)
{
    m_results = std::move(results);
    m_axes.clear();
    for (qsizetype k = 0; k < keys.size(); ++k) {
        QStringList values;
        for (const SweepResult& result : m_results)
            values << result.values.value(k);
        m_axes.push_back(makeAxis(keys[k], values));
    }
    Axis loss;
    loss.key = tr("Best loss");
    loss.low = HUGE_VAL;
    loss.high = -HUGE_VAL;
    for (const SweepResult& result : m_results)
        if (std::isfinite(result.loss)) {
            loss.low = std::min(loss.low, result.loss);
            loss.high = std::max(loss.high, result.loss);
        }
    m_axes.push_back(loss);
    m_order.resize(m_results.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    std::stable_sort(m_order.begin(), m_order.end(), [this](int a, int b) {
        const double x = m_results[static_cast<std::size_t>(a)].loss;
        const double y = m_results[static_cast<std::size_t>(b)].loss;
        return std::isfinite(x) && (!std::isfinite(y) || x < y);
    });
    m_selected = -1;
    describe();
    update();
}

int ParallelChart::best() const
{
    if (m_order.empty() || !std::isfinite(m_results[static_cast<std::size_t>(m_order.front())].loss))
        return -1;
    return m_order.front();
}

void ParallelChart::setSelected(int run)
{
    run = run >= 0 && run < static_cast<int>(m_results.size()) ? run : -1;
    if (run == m_selected)
        return;
    m_selected = run;
    describe();
    update();
    Q_EMIT selectionChanged(run);
}

double ParallelChart::place(const Axis& axis, const QString& value) const
{
    if (!axis.categories.isEmpty()) {
        const auto index = axis.categories.indexOf(value);
        if (index < 0)
            return std::nan("");
        return axis.categories.size() == 1 ? 0.5 : double(index) / double(axis.categories.size() - 1);
    }
    bool ok = false;
    const double number = value.toDouble(&ok);
    if (!ok || !std::isfinite(number))
        return std::nan("");
    if (!(axis.high > axis.low))
        return 0.5;
    if (axis.log)
        return std::log(number / axis.low) / std::log(axis.high / axis.low);
    return (number - axis.low) / (axis.high - axis.low);
}

QRectF ParallelChart::plotArea() const
{
    const int u = unit(this);
    const qreal line = QFontMetricsF(scaledFont(kCaptionSize)).height();
    return QRectF(rect()).adjusted(14 * u, 2 * line + 3 * u, -14 * u, -line - 2 * u);
}

qreal ParallelChart::axisX(std::size_t axis) const
{
    const QRectF area = plotArea();
    if (m_axes.size() < 2)
        return area.right();
    return area.left() + area.width() * qreal(axis) / qreal(m_axes.size() - 1);
}

QPolygonF ParallelChart::lineOf(const SweepResult& result) const
{
    const QRectF area = plotArea();
    QPolygonF line;
    for (std::size_t i = 0; i < m_axes.size(); ++i) {
        const bool loss = i + 1 == m_axes.size();
        const QString value = loss ? QString::number(result.loss, 'g', 17) : result.values.value(qsizetype(i));
        const double at = place(m_axes[i], value);
        if (std::isfinite(at))
            line << QPointF(axisX(i), area.bottom() - at * area.height());
    }
    return line;
}

QColor ParallelChart::colorOf(const SweepResult& result) const
{
    const Axis& loss = m_axes.back();
    const QColor good = color(Token::training, palette());
    const QColor bad = color(Token::trainingRaw, palette());
    if (!std::isfinite(result.loss))
        return color(Token::text2, palette());
    return mixed(good, bad, loss.high > loss.low ? (result.loss - loss.low) / (loss.high - loss.low) : 0);
}

QString ParallelChart::runText(const SweepResult& result) const
{
    QStringList parts;
    for (std::size_t i = 0; i + 1 < m_axes.size(); ++i)
        parts << m_axes[i].key + QLatin1Char(' ') + result.values.value(qsizetype(i));
    parts << (std::isfinite(result.loss) ? tr("best loss %1").arg(lossText(result.loss)) : tr("no loss"));
    return tr("%1: %2").arg(result.name, parts.join(QStringLiteral(", ")));
}

void ParallelChart::describe()
{
    if (m_results.empty()) {
        setAccessibleDescription(tr("No sweep has run yet."));
        return;
    }
    QStringList facts{tr("%n run(s) of a sweep.", nullptr, int(m_results.size()))};
    if (best() >= 0) {
        const Axis& loss = m_axes.back();
        facts << tr("The best loss goes from %1 to %2.").arg(lossText(loss.low), lossText(loss.high));
        facts << tr("The best run is %1.").arg(runText(m_results[static_cast<std::size_t>(best())]));
    }
    if (m_selected >= 0)
        facts.prepend(tr("Selected: %1.").arg(runText(m_results[static_cast<std::size_t>(m_selected)])));
    setAccessibleDescription(facts.join(QLatin1Char(' ')));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void ParallelChart::paintLabel(QPainter& painter, std::size_t axis, qreal y, const QString& text, bool above) const
{
    const int u = unit(this);
    const QFontMetricsF metrics(painter.font());
    const qreal room = m_axes.size() > 1 ? plotArea().width() / qreal(m_axes.size() - 1) - 2 * u : width() / 2.0;
    const QString shown = metrics.elidedText(text, Qt::ElideMiddle, std::max(room, 10.0 * u));
    const qreal wide = metrics.horizontalAdvance(shown);
    const qreal left = std::clamp(axisX(axis) - wide / 2, 1.0 * u, std::max(1.0 * u, width() - wide - u));
    painter.drawText(QPointF(left, above ? y - metrics.descent() : y + metrics.ascent()), shown);
}

void ParallelChart::paintAxis(QPainter& painter, std::size_t index) const
{
    const Axis& axis = m_axes[index];
    const QRectF area = plotArea();
    const int u = unit(this);
    const QFontMetricsF metrics(painter.font());
    const qreal x = std::round(axisX(index));
    painter.setPen(QPen(color(Token::control, palette()), 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setPen(color(Token::text, palette()));
    painter.setFont(scaledFont(kCaptionSize, true));
    paintLabel(painter, index, area.top() - metrics.height() - 1.5 * u, axis.key, true);
    painter.setFont(scaledFont(kCaptionSize));
    painter.setPen(color(Token::text2, palette()));
    if (!axis.categories.isEmpty()) {
        qreal free = HUGE_VAL; // labels from the bottom up, those that would overlap left out
        for (const QString& category : axis.categories) {
            const qreal y = area.bottom() - place(axis, category) * area.height();
            if (y > free - metrics.height())
                continue;
            free = y;
            const QString text
                = metrics.elidedText(category.isEmpty() ? tr("none") : category, Qt::ElideMiddle, 28 * u);
            // Lines that pass behind would make it hard to read.
            const QRectF label(x + u, y - metrics.height() / 2, metrics.horizontalAdvance(text) + u, metrics.height());
            QColor ground = palette().color(QPalette::Window);
            ground.setAlphaF(0.8F);
            painter.fillRect(label, ground);
            painter.drawText(label.adjusted(u / 2.0, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
        }
        return;
    }
    if (!(axis.low <= axis.high))
        return;
    const bool loss = index + 1 == m_axes.size();
    const auto text = [loss](double value) { return loss ? lossText(value) : recipeNumber(value); };
    if (axis.high > axis.low) {
        paintLabel(painter, index, area.top() - 0.5 * u, text(axis.high), true);
        paintLabel(painter, index, area.bottom() + 0.5 * u, text(axis.low), false);
    } else {
        painter.drawText(QPointF(x + 1.5 * u, area.center().y() + metrics.ascent() / 2), text(axis.low));
    }
}

void ParallelChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(scaledFont(kCaptionSize));
    if (m_results.empty()) {
        painter.setPen(color(Token::text2, palette()));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("The runs of a sweep appear here as lines."));
    } else {
        const auto drawRun = [&](int run, qreal wide, const QColor& ink) {
            const SweepResult& result = m_results[static_cast<std::size_t>(run)];
            painter.setPen(QPen(ink, wide, std::isfinite(result.loss) ? Qt::SolidLine : Qt::DashLine));
            painter.drawPolyline(lineOf(result));
        };
        // The worst first, so that the good ones lie on top.
        for (auto run = m_order.rbegin(); run != m_order.rend(); ++run)
            drawRun(*run, 1.5, colorOf(m_results[static_cast<std::size_t>(*run)]));
        if (best() >= 0)
            drawRun(best(), 3, color(Token::best, palette()));
        if (m_selected >= 0)
            drawRun(m_selected, 3, color(Token::text, palette()));
        for (std::size_t i = 0; i < m_axes.size(); ++i)
            paintAxis(painter, i);
        const auto markEnd = [&](int run, const QColor& ink, bool diamond) {
            const QPolygonF line = lineOf(m_results[static_cast<std::size_t>(run)]);
            if (line.isEmpty())
                return;
            const QPointF c = line.constLast();
            const qreal r = 1.6 * unit(this);
            painter.setPen(QPen(color(Token::surface, palette()), 1));
            painter.setBrush(ink);
            if (diamond)
                painter.drawPolygon(diamondAt(c, r));
            else
                painter.drawEllipse(c, r * 0.8, r * 0.8);
        };
        if (m_selected >= 0 && m_selected != best())
            markEnd(m_selected, color(Token::text, palette()), false);
        if (best() >= 0)
            markEnd(best(), color(Token::best, palette()), true);
    }
    if (hasFocus()) {
        painter.setPen(QPen(color(Token::focus, palette()), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

int ParallelChart::runAt(const QPointF& point) const
{
    int nearest = -1;
    qreal least = kNear;
    for (const int run : m_order) {
        const QPolygonF line = lineOf(m_results[static_cast<std::size_t>(run)]);
        for (qsizetype i = 1; i < line.size(); ++i)
            if (const qreal d = distance(point, line[i - 1], line[i]); d < least) {
                least = d;
                nearest = run;
            }
    }
    return nearest;
}

void ParallelChart::keyPressEvent(QKeyEvent* event)
{
    const auto count = static_cast<int>(m_order.size());
    const auto at = std::find(m_order.begin(), m_order.end(), m_selected);
    const int now = at == m_order.end() ? -1 : static_cast<int>(at - m_order.begin());
    int next = -1;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down: next = std::min(now + 1, count - 1); break;
    case Qt::Key_Left:
    case Qt::Key_Up: next = std::max(now - 1, 0); break;
    case Qt::Key_Home:
    case Qt::Key_B: next = 0; break;
    case Qt::Key_End: next = count - 1; break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected >= 0) {
            Q_EMIT activated(m_selected);
            return;
        }
        break;
    default: break;
    }
    if (next < 0 || count == 0)
        return QWidget::keyPressEvent(event);
    setSelected(m_order[static_cast<std::size_t>(next)]);
}

void ParallelChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        setSelected(runAt(event->position()));
}

void ParallelChart::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int run = runAt(event->position()); run >= 0)
        Q_EMIT activated(run);
}

bool ParallelChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int run = runAt(help->pos());
        QToolTip::showText(
            help->globalPos(), run >= 0 ? runText(m_results[static_cast<std::size_t>(run)]) : toolTip(), this);
        return true;
    }
    return QWidget::event(event);
}

QSize ParallelChart::sizeHint() const
{
    const int u = unit(this);
    return {160 * u, 80 * u};
}

QSize ParallelChart::minimumSizeHint() const
{
    const int u = unit(this);
    return {80 * u, 40 * u};
}

} // namespace falconer::ui
