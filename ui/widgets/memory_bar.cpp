// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/memory_bar.h"

#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace falconer::ui {
namespace {

constexpr double kGib = 1024.0 * 1024.0 * 1024.0;

} // namespace

MemoryBar::MemoryBar(QWidget* parent)
    : QWidget(parent)
{
    setFont(scaledFont(kCaptionSize));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Memory plan"));
}

void MemoryBar::set(std::vector<MemoryPart> parts, std::int64_t available, std::int64_t machine, const QString& summary)
{
    m_parts = std::move(parts);
    m_peak = 0;
    for (const MemoryPart& part : m_parts)
        m_peak += part.bytes;
    m_available = available;
    m_machine = machine;
    m_end = std::max<std::int64_t>({m_peak, available, machine, 1});
    setAccessibleDescription(summary);
    update();
}

QSize MemoryBar::sizeHint() const
{
    const int u = unit(this);
    return {80 * u, 7 * u + fontMetrics().lineSpacing() + 2 * u};
}

QSize MemoryBar::minimumSizeHint() const { return {40 * unit(this), sizeHint().height()}; }

QRect MemoryBar::bar() const { return {0, 0, width(), 7 * unit(this)}; }

double MemoryBar::position(std::int64_t bytes) const
{
    const double x = static_cast<double>(bytes) / static_cast<double>(m_end) * width();
    return layoutDirection() == Qt::RightToLeft ? width() - x : x;
}

QRectF MemoryBar::between(std::int64_t from, std::int64_t to) const
{
    const double a = position(from);
    const double b = position(to);
    return {std::min(a, b), 0, std::abs(b - a), static_cast<double>(bar().height())};
}

void MemoryBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(bar(), color(Token::alt, palette()));
    if (m_available > 0 && m_machine > m_available) { // taken by others
        painter.fillRect(between(m_available, m_machine), color(Token::hover, palette()));
        painter.fillRect(between(m_available, m_machine), QBrush(color(Token::control, palette()), Qt::BDiagPattern));
    }
    std::int64_t at = 0;
    for (const MemoryPart& part : m_parts) {
        const QRectF area = between(at, at + part.bytes);
        at += part.bytes;
        painter.fillRect(area.adjusted(0, 0, -1, 0), color(part.token, palette()));
        const QString figure = gibNumber(part.bytes);
        if (fontMetrics().horizontalAdvance(figure) + unit(this) < area.width()) {
            painter.setPen(color(Token::onMemory, palette()));
            painter.drawText(area, Qt::AlignCenter, figure);
        }
    }
    painter.setPen(color(Token::control, palette()));
    painter.drawRect(bar().adjusted(0, 0, -1, -1));
    paintScale(painter);
}

void MemoryBar::paintScale(QPainter& painter) const
{
    const int u = unit(this);
    const int top = bar().bottom() + u;
    const int line = fontMetrics().lineSpacing();
    QRect label;
    if (m_available > 0) {
        const double x = std::clamp(position(m_available), 1.0, width() - 1.0);
        painter.fillRect(QRectF(x - 1, -1, 2, bar().height() + u + 1), color(Token::text, palette()));
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        const QString words = tr("%1 free now").arg(gibNumber(m_available));
        const int wide = QFontMetrics(bold).horizontalAdvance(words) + 2;
        label = QRect(std::clamp(static_cast<int>(x) - wide / 2, 0, std::max(0, width() - wide)), top, wide, line);
        painter.setFont(bold);
        painter.setPen(color(Token::text, palette()));
        painter.drawText(label, Qt::AlignCenter, words);
        painter.setFont(font());
    }
    constexpr std::array kSteps = {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0};
    const double end = static_cast<double>(m_end) / kGib;
    const auto* step
        = std::find_if(kSteps.begin(), kSteps.end() - 1, [&](double each) { return end / each * 12 * u <= width(); });
    painter.setPen(color(Token::text2, palette()));
    for (int i = 0; i * *step <= end; ++i) {
        const double value = i * *step;
        const QString words = QLocale().toString(value, 'f', *step < 1 ? 1 : 0);
        const int wide = fontMetrics().horizontalAdvance(words) + 2;
        const int x = static_cast<int>(position(static_cast<std::int64_t>(value * kGib))) - wide / 2;
        const QRect place(std::clamp(x, 0, std::max(0, width() - wide)), top, wide, line);
        if (label.isNull() || !place.adjusted(-2 * u, 0, 2 * u, 0).intersects(label))
            painter.drawText(place, Qt::AlignCenter, words);
    }
}

bool MemoryBar::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    std::int64_t at = 0;
    QString words;
    for (const MemoryPart& part : m_parts) {
        if (bar().contains(help->pos()) && between(at, at + part.bytes).contains(help->pos()))
            words = tr("%1: %2").arg(part.name, gibText(part.bytes));
        at += part.bytes;
    }
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), words, this);
    return true;
}

PeakBar::PeakBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumWidth(12 * unit(this));
}

void PeakBar::set(std::int64_t peak, std::int64_t available, std::int64_t end, bool fits)
{
    m_peak = peak;
    m_available = available;
    m_end = std::max<std::int64_t>(end, 1);
    m_fits = fits;
    update();
}

QSize PeakBar::sizeHint() const { return {50 * unit(this), 6 * unit(this)}; }

void PeakBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](std::int64_t bytes) {
        return static_cast<int>(static_cast<double>(bytes) / static_cast<double>(m_end) * (width() - 2));
    };
    const int thick = std::min(height(), 2 * unit(this) + 2);
    const QRect filled(0, (height() - thick) / 2, std::max(2, place(m_peak)), thick);
    painter.fillRect(QStyle::visualRect(mirrored ? Qt::RightToLeft : Qt::LeftToRight, rect(), filled),
        color(m_fits ? Token::memoryTables : Token::control, palette()));
    if (m_available > 0)
        painter.fillRect(QStyle::visualRect(mirrored ? Qt::RightToLeft : Qt::LeftToRight, rect(),
                             QRect(place(m_available), 0, 2, height())),
            color(Token::text, palette()));
}

Swatch::Swatch(Token token, QWidget* parent)
    : QWidget(parent)
    , m_token(token)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Swatch::sizeHint() const { return {2 * unit(this) + 2, 2 * unit(this) + 2}; }

void Swatch::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), color(m_token, palette())); }

} // namespace falconer::ui
