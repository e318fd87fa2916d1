// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/length_chart.h"

#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

constexpr std::int64_t kBars = 28;
constexpr std::int64_t kLeast = 2; // data.max_length's own range
constexpr std::int64_t kMost = 1 << 20;

/// The smallest of 1, 2, 5, 10, 20, … that is at least `value`.
std::int64_t roundStep(std::int64_t value)
{
    for (std::int64_t power = 1;; power *= 10)
        for (const std::int64_t digit : {1, 2, 5})
            if (digit * power >= value)
                return digit * power;
}

} // namespace

LengthChart::LengthChart(QWidget* parent)
    : QWidget(parent)
    , m_stats(std::make_shared<LengthStats>())
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Row lengths"));
    setCursor(Qt::SplitHCursor);
    setToolTip(tr("Drag the line, or use the arrow keys, to choose where rows are cut."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LengthChart::setStats(std::shared_ptr<const LengthStats> stats)
{
    m_stats = std::move(stats);
    fit();
}

void LengthChart::setCut(std::int64_t tokens)
{
    if (m_cut == tokens)
        return;
    m_cut = tokens;
    describe();
    update();
}

void LengthChart::fit()
{
    const LengthHistogram& lengths = m_stats->histogram();
    m_counts.clear();
    m_more = false;
    if (!lengths.counts.empty()) {
        // A few rows far out must not press all others into one bar.
        const std::int64_t end = std::min(lengths.longest, 3 * lengths.percentile95);
        m_first = lengths.edges.front();
        m_width = roundStep(std::max<std::int64_t>(1, (end - m_first + kBars) / kBars));
        m_first = m_first / m_width * m_width;
        for (std::int64_t from = m_first; from <= end; from += m_width)
            m_counts.push_back(m_stats->cutAt(from - 1) - m_stats->cutAt(from + m_width - 1));
        const std::int64_t last = m_first + static_cast<std::int64_t>(m_counts.size()) * m_width;
        if (const std::int64_t more = m_stats->cutAt(last - 1); more > 0) {
            m_more = true;
            m_counts.push_back(more);
        }
    }
    describe();
    update();
}

void LengthChart::describe() { setAccessibleDescription(summary()); }

QString LengthChart::summary() const
{
    if (m_counts.empty())
        return tr("No row has been counted yet.");
    const LengthHistogram& lengths = m_stats->histogram();
    return tr(
        "%1 rows, half of them up to %2 tokens, 95 of 100 up to %3, the longest %4. Cut at %5: %6 rows are longer.")
        .arg(countText(m_stats->rows()), countText(lengths.median), countText(lengths.percentile95),
            countText(lengths.longest), countText(m_cut), countText(m_stats->cutAt(m_cut)));
}

QRectF LengthChart::plot() const
{
    const QFontMetrics metrics(scaledFont(kCaptionSize));
    const std::int64_t highest = m_counts.empty() ? 0 : *std::max_element(m_counts.begin(), m_counts.end());
    const double leading = metrics.horizontalAdvance(countText(highest)) + 3 * unit(this);
    const double trailing = 4 * unit(this);
    const double top = metrics.lineSpacing() + 2 * unit(this);
    const double bottom = metrics.lineSpacing() * 2 + unit(this);
    const double left = layoutDirection() == Qt::RightToLeft ? trailing : leading;
    return {left, top, std::max(1.0, width() - leading - trailing), std::max(1.0, height() - top - bottom)};
}

double LengthChart::xOf(double tokens) const
{
    const QRectF area = plot();
    const double extent = std::max<double>(1, static_cast<double>(m_counts.size()) * static_cast<double>(m_width));
    // The line of a cut behind the last row stands at the edge.
    const double share = std::clamp((tokens - static_cast<double>(m_first)) / extent, 0.0, 1.02);
    return layoutDirection() == Qt::RightToLeft ? area.right() - share * area.width()
                                                : area.left() + share * area.width();
}

std::int64_t LengthChart::tokensAt(double x) const
{
    const QRectF area = plot();
    const double share = (layoutDirection() == Qt::RightToLeft ? area.right() - x : x - area.left()) / area.width();
    const double extent = static_cast<double>(m_counts.size()) * static_cast<double>(m_width);
    const auto tokens = static_cast<std::int64_t>(std::llround(static_cast<double>(m_first) + share * extent));
    return std::clamp(tokens, kLeast, kMost);
}

void LengthChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(scaledFont(kCaptionSize));
    if (m_counts.empty()) {
        painter.setPen(color(Token::text2, palette()));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("Lengths appear here once rows are counted."));
        return;
    }
    paintGrid(painter);
    paintBars(painter);
    paintMedian(painter);
    paintCut(painter);
}

void LengthChart::paintGrid(QPainter& painter) const
{
    const QRectF area = plot();
    const QFontMetricsF metrics(painter.font());
    const std::int64_t highest = std::max<std::int64_t>(1, *std::max_element(m_counts.begin(), m_counts.end()));
    const std::int64_t step = roundStep((highest + 2) / 3);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double height = metrics.height();
    for (std::int64_t count = 0; count <= highest; count += step) {
        const double y = area.bottom() - area.height() * static_cast<double>(count) / static_cast<double>(highest);
        painter.setPen(color(count == 0 ? Token::control : Token::grid, palette()));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(color(Token::text2, palette()));
        const QRectF label = mirrored ? QRectF(area.right() + unit(this), y - height / 2, width(), height)
                                      : QRectF(0, y - height / 2, area.left() - unit(this), height);
        painter.drawText(
            label, int(Qt::AlignVCenter) | int(mirrored ? Qt::AlignLeft : Qt::AlignRight), countText(count));
    }
    const std::int64_t end = m_first + static_cast<std::int64_t>(m_counts.size()) * m_width;
    const double room = metrics.horizontalAdvance(countText(end)) + 4 * unit(this);
    const auto most = std::max<std::int64_t>(1, static_cast<std::int64_t>(area.width() / room));
    const std::int64_t tick = std::max(m_width, roundStep((end - m_first + most - 1) / most));
    for (std::int64_t tokens = (m_first + tick - 1) / tick * tick; tokens <= end; tokens += tick) {
        if (m_more && tokens > end - m_width)
            break;
        const double x = xOf(static_cast<double>(tokens));
        painter.drawText(
            QRectF(x - room / 2, area.bottom() + unit(this) / 2.0, room, height), Qt::AlignCenter, countText(tokens));
    }
    if (m_more) {
        const double x = (xOf(static_cast<double>(end - m_width)) + xOf(static_cast<double>(end))) / 2;
        painter.drawText(
            QRectF(x - room, area.bottom() + unit(this) / 2.0, room * 2, height), Qt::AlignCenter, tr("more"));
    }
    painter.drawText(QRectF(area.left(), area.bottom() + height + unit(this) / 2.0, area.width(), height),
        int(mirrored ? Qt::AlignLeft : Qt::AlignRight), tr("Tokens in a row"));
}

void LengthChart::paintBars(QPainter& painter) const
{
    const QRectF area = plot();
    const auto highest
        = static_cast<double>(std::max<std::int64_t>(1, *std::max_element(m_counts.begin(), m_counts.end())));
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0)
            continue;
        const double from = static_cast<double>(m_first + static_cast<std::int64_t>(i) * m_width);
        const double a = xOf(from);
        const double b = xOf(from + static_cast<double>(m_width));
        // A bar of a few rows among thousands must still be seen.
        const double height = std::max(2.0, area.height() * static_cast<double>(m_counts[i]) / highest);
        const QRectF bar(std::min(a, b) + 0.5, area.bottom() - height, std::max(1.0, std::abs(b - a) - 1), height);
        // The part behind the cut: rows of more tokens than the cut.
        const double share
            = std::clamp((static_cast<double>(m_cut) + 1 - from) / static_cast<double>(m_width), 0.0, 1.0);
        const bool whole = m_more && i + 1 == m_counts.size();
        const double kept = bar.width() * (whole ? (m_stats->cutAt(m_cut) > 0 ? 0.0 : 1.0) : share);
        QRectF left = bar;
        QRectF right = bar;
        if (layoutDirection() == Qt::RightToLeft) {
            left.setLeft(bar.right() - kept);
            right.setRight(bar.right() - kept);
        } else {
            left.setRight(bar.left() + kept);
            right.setLeft(bar.left() + kept);
        }
        painter.fillRect(left, color(Token::training, palette()));
        if (right.width() < 0.5)
            continue;
        painter.fillRect(right, color(Token::errorSoft, palette()));
        painter.fillRect(right, QBrush(color(Token::error, palette()), Qt::BDiagPattern));
    }
}

void LengthChart::paintMedian(QPainter& painter) const
{
    const QRectF area = plot();
    const std::int64_t median = m_stats->histogram().median;
    const double x = xOf(static_cast<double>(median));
    painter.setPen(QPen(color(Token::text2, palette()), 1, Qt::DashLine));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    const QString text = tr("median %1").arg(countText(median));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2;
    const bool before = x + width + unit(this) > area.right();
    painter.drawText(QRectF(before ? x - width - unit(this) : x + unit(this), area.top(), width,
                         QFontMetricsF(painter.font()).height()),
        Qt::AlignLeft | Qt::AlignVCenter, text);
}

void LengthChart::paintCut(QPainter& painter) const
{
    const QRectF area = plot();
    const double x = xOf(static_cast<double>(m_cut));
    const QColor line = color(Token::error, palette());
    painter.setPen(QPen(line, 2));
    painter.drawLine(QPointF(x, area.top() - unit(this)), QPointF(x, area.bottom()));
    const QRectF handle(x - 1.5 * unit(this), area.center().y() - 3 * unit(this), 3 * unit(this), 6 * unit(this));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? color(Token::focus, palette()) : line, hasFocus() ? 3 : 2));
    painter.setBrush(color(Token::surface, palette()));
    painter.drawRoundedRect(handle, 4, 4);
    painter.setPen(QPen(line, 1));
    for (const double offset : {-1.5, 1.5})
        painter.drawLine(
            QPointF(x + offset, handle.top() + 2 * unit(this)), QPointF(x + offset, handle.bottom() - 2 * unit(this)));
    painter.setRenderHint(QPainter::Antialiasing, false);

    painter.setFont(scaledFont(kCaptionSize, true));
    painter.setPen(line);
    const QFontMetricsF metrics(painter.font());
    const std::int64_t rows = m_stats->cutAt(m_cut);
    const QString name = tr("max_length %1").arg(countText(m_cut));
    const QString effect = tr("%n row(s) cut", nullptr, static_cast<int>(rows));
    const double y = area.top() - metrics.height() - unit(this);
    const double gap = unit(this);
    const double nameWidth = metrics.horizontalAdvance(name) + 2;
    const double effectWidth = metrics.horizontalAdvance(effect) + 2;
    // Each on its side of the line where there is room, else both on the other.
    QRectF nameAt(x - gap - nameWidth, y, nameWidth, metrics.height());
    QRectF effectAt(x + gap, y, effectWidth, metrics.height());
    if (effectAt.right() > width()) {
        effectAt.moveRight(x - gap);
        nameAt.moveRight(effectAt.left() - 3 * gap);
    } else if (nameAt.left() < 0) {
        nameAt.moveLeft(x + gap);
        effectAt.moveLeft(nameAt.right() + 3 * gap);
    }
    painter.drawText(nameAt, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, name);
    painter.drawText(effectAt, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, effect);
}

void LengthChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_counts.empty())
        return;
    m_dragging = true;
    m_cutBefore = m_cut;
    mouseMoveEvent(event);
}

void LengthChart::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging)
        return;
    setCut(tokensAt(event->position().x()));
    Q_EMIT cutDragged(m_cut);
}

void LengthChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_dragging || event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    Q_EMIT cutChosen(m_cut);
}

void LengthChart::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_dragging) {
        m_dragging = false;
        setCut(m_cutBefore);
        Q_EMIT dragCancelled();
        return;
    }
    std::int64_t step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    if (layoutDirection() == Qt::RightToLeft)
        step = -step;
    std::int64_t cut = m_cut;
    switch (event->key()) {
    case Qt::Key_Left: cut -= step; break;
    case Qt::Key_Right: cut += step; break;
    case Qt::Key_Home: cut = m_first; break;
    case Qt::Key_End: cut = m_stats->histogram().longest; break;
    default: QWidget::keyPressEvent(event); return;
    }
    if (m_counts.empty())
        return;
    setCut(std::clamp(cut, kLeast, kMost));
    Q_EMIT cutChosen(m_cut);
}

QSize LengthChart::sizeHint() const { return {100 * unit(this), 30 * unit(this)}; }

QSize LengthChart::minimumSizeHint() const { return {60 * unit(this), 28 * unit(this)}; }

} // namespace falconer::ui
