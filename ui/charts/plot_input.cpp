// SPDX-License-Identifier: GPL-3.0-or-later
// How keys, mouse and wheel move a plot's view and crosshair.
#include "ui/charts/plot.h"

#include "ui/theme/style.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

constexpr double kKeyZoom = 1.5;
constexpr int kFarStep = 10; ///< points, with Shift

} // namespace

void Plot::setReader(std::vector<int> lines, std::function<PlotReading(double x)> reader)
{
    m_cursorLines = std::move(lines);
    m_reader = std::move(reader);
    m_crosshair.reset();
}

const MinMaxPyramid* Plot::cursorData() const
{
    for (const int line : m_cursorLines)
        if (!data(line).empty())
            return &data(line);
    return nullptr;
}

void Plot::setCrosshair(std::optional<double> x)
{
    if (m_crosshair == x)
        return;
    m_crosshair = x;
    if (!x)
        m_crosshairByKeys = false;
    update();
    if (m_crosshairByKeys || !x)
        say();
}

QString Plot::readingText() const
{
    if (!m_crosshair || !m_reader)
        return {};
    const PlotReading reading = m_reader(*m_crosshair);
    QStringList parts{reading.title};
    for (const PlotReading::Row& row : reading.rows)
        parts << row.name + QLatin1Char(' ') + row.value;
    return parts.join(QStringLiteral(", "));
}

void Plot::say()
{
    setAccessibleDescription(m_crosshair ? readingText() : m_summary);
    if (m_crosshairByKeys) {
        QAccessibleEvent changedText(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changedText);
    }
}

void Plot::snapCrosshair(double x)
{
    if (const MinMaxPyramid* points = cursorData())
        setCrosshair((*points)[points->nearest(x)].x());
}

void Plot::stepCrosshair(int points)
{
    const MinMaxPyramid* line = cursorData();
    if (!line)
        return;
    m_crosshairByKeys = true;
    const PlotView now = view();
    const auto last = static_cast<std::ptrdiff_t>(line->size()) - 1;
    std::ptrdiff_t index = 0;
    if (m_crosshair) {
        index = static_cast<std::ptrdiff_t>(line->nearest(*m_crosshair));
        // Where points are closer than pixels, a step is a pixel, or the crosshair would seem to stand still.
        const double pixel = now.width() / std::max(1.0, m_area.width());
        const double moved = (*line)[static_cast<std::size_t>(index)].x() + points * pixel;
        const auto byPixel = static_cast<std::ptrdiff_t>(line->nearest(moved));
        const std::ptrdiff_t byPoint = index + points;
        index = points > 0 ? std::max(byPoint, byPixel) : std::min(byPoint, byPixel);
        index = std::clamp(index, std::ptrdiff_t(0), last);
    } else {
        // The first step lands at the newest point in view.
        index = static_cast<std::ptrdiff_t>(line->nearest(now.x1));
    }
    const double x = (*line)[static_cast<std::size_t>(index)].x();
    setCrosshair(x);
    if (x < now.x0 || x > now.x1) {
        const double shift = x < now.x0 ? x - now.x0 - 0.05 * now.width() : x - now.x1 + 0.05 * now.width();
        moveTo({now.x0 + shift, now.x1 + shift, now.y0, now.y1});
    }
}

bool Plot::pageScrolls() const
{
    for (const QWidget* each = parentWidget(); each; each = each->parentWidget())
        if (const auto* area = qobject_cast<const QScrollArea*>(each))
            if (area->verticalScrollBar()->maximum() > area->verticalScrollBar()->minimum())
                return true;
    return false;
}

void Plot::keyPressEvent(QKeyEvent* event)
{
    const int far = event->modifiers() & Qt::ShiftModifier ? kFarStep : 1;
    switch (event->key()) {
    case Qt::Key_Left: stepCrosshair(-far); return;
    case Qt::Key_Right: stepCrosshair(far); return;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const PlotView now = view();
        const double shift = (event->key() == Qt::Key_Up ? 0.05 : -0.05) * far * now.height();
        moveTo({now.x0, now.x1, now.y0 + shift, now.y1 + shift});
        return;
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(kKeyZoom); return;
    case Qt::Key_Minus: zoom(1 / kKeyZoom); return;
    case Qt::Key_0: fit(); return;
    case Qt::Key_B: Q_EMIT bestAsked(); return;
    case Qt::Key_L: Q_EMIT logAsked(); return;
    case Qt::Key_T: Q_EMIT tableAsked(); return;
    case Qt::Key_Escape:
        if (m_crosshair) {
            setCrosshair({});
            return;
        }
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void Plot::mousePressEvent(QMouseEvent* event)
{
    if (m_small || event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_dragFrom = event->position();
    m_dragging = false;
}

void Plot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_small)
        return QWidget::mouseMoveEvent(event);
    if (m_dragFrom && (event->buttons() & Qt::LeftButton)) {
        const QPointF moved = event->position() - *m_dragFrom;
        if (!m_dragging && moved.manhattanLength() < QApplication::startDragDistance())
            return;
        m_dragging = true;
        setCursor(Qt::ClosedHandCursor);
        const PlotView now = view();
        const double dx = moved.x() / m_area.width() * now.width();
        const double dy = moved.y() / m_area.height() * now.height();
        moveTo({now.x0 - dx, now.x1 - dx, now.y0 + dy, now.y1 + dy});
        m_dragFrom = event->position();
        return;
    }
    m_crosshairByKeys = false;
    if (m_area.contains(event->position()))
        snapCrosshair(toView(event->position()).x());
    else
        setCrosshair({});
}

void Plot::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_small)
        return QWidget::mouseReleaseEvent(event);
    m_dragFrom.reset();
    m_dragging = false;
    unsetCursor();
}

void Plot::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_small || event->button() != Qt::LeftButton)
        return QWidget::mouseDoubleClickEvent(event);
    fit();
}

void Plot::wheelEvent(QWheelEvent* event)
{
    // In a page that scrolls the wheel is the page's until the chart has been clicked.
    const bool mine = !m_small && (hasFocus() || (event->modifiers() & Qt::ControlModifier) || !pageScrolls());
    const int turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (!mine || !m_area.contains(event->position()) || turned == 0) {
        event->ignore();
        return;
    }
    const double factor = std::pow(1.0015, std::clamp(turned, -1200, 1200));
    const QPointF at = toView(event->position());
    zoomAround(at.x(), at.y(), factor, event->modifiers() & Qt::ShiftModifier ? 1.0 : factor);
    event->accept();
}

void Plot::leaveEvent(QEvent*)
{
    if (!m_crosshairByKeys)
        setCrosshair({});
}

void Plot::focusInEvent(QFocusEvent* event)
{
    m_keyboardFocus = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason;
    update();
}

void Plot::focusOutEvent(QFocusEvent*)
{
    m_keyboardFocus = false;
    if (m_crosshairByKeys)
        setCrosshair({});
    update();
}

void Plot::resizeEvent(QResizeEvent*) { changed(); }

void Plot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_labelWidth = 0;
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        changed();
    QWidget::changeEvent(event);
}

bool Plot::event(QEvent* event)
{
    // Single letters are the chart's while it has the focus, not a menu's.
    if (event->type() == QEvent::ShortcutOverride && !m_small) {
        const auto* key = static_cast<QKeyEvent*>(event);
        constexpr int kKeys[]
            = {Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Minus, Qt::Key_0, Qt::Key_B, Qt::Key_L, Qt::Key_T};
        const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        if (plain && std::find(std::begin(kKeys), std::end(kKeys), key->key()) != std::end(kKeys)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace falconer::ui
