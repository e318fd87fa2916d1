// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/palette.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

constexpr qreal kRadius = 4;
constexpr int kFocusWidth = 2;
constexpr char kPrimary[] = "primary";
constexpr char kOpensMenu[] = "opensMenu";

Token borderToken(const QStyleOption* option)
{
    if (!(option->state & QStyle::State_Enabled))
        return Token::line;
    return option->state & QStyle::State_HasFocus ? Token::focus : Token::control;
}

/// A flat box. The focus ring replaces the border, so nothing moves when focus does.
void drawBox(QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(border, width));
    painter->setBrush(fill);
    const qreal inset = width / 2;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    painter->restore();
}

/// The box of a control. One whose value is wrong has the error border, and when focused too the ring around it.
void drawControlBox(QPainter* painter, const QStyleOption* option, const QColor& fill, bool bad)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool focused = enabled && (option->state & QStyle::State_HasFocus);
    const auto token = [option](Token t) { return color(t, option->palette); };
    QRectF rect(option->rect);
    if (!bad || !enabled) {
        drawBox(painter, rect, fill, token(borderToken(option)), focused ? kFocusWidth : 1);
        return;
    }
    if (focused) {
        drawBox(painter, rect, fill, token(Token::focus), kFocusWidth);
        rect.adjust(kFocusWidth, kFocusWidth, -kFocusWidth, -kFocusWidth);
    }
    drawBox(painter, rect, fill, token(Token::error), kFocusWidth);
}

void drawFieldBox(QPainter* painter, const QStyleOption* option, bool bad)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    drawControlBox(painter, option, color(enabled ? Token::surface : Token::window, option->palette), bad);
}

void drawButtonBox(QPainter* painter, const QStyleOption* option, bool primary, bool bad = false)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool hover = enabled && (option->state & QStyle::State_MouseOver);
    const bool pressed = enabled && (option->state & (QStyle::State_Sunken | QStyle::State_On));
    const auto token = [option](Token t) { return color(t, option->palette); };
    if (primary && enabled) {
        const QColor fill = token(hover || pressed ? Token::accentHover : Token::accent);
        drawBox(painter, QRectF(option->rect), fill, fill, 1);
        if (option->state & QStyle::State_HasFocus) {
            // On a fill of the same hue the ring needs a gap to be seen.
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(token(Token::onAccent), 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(option->rect).adjusted(2.5, 2.5, -2.5, -2.5), kRadius - 1, kRadius - 1);
            painter->restore();
        }
        return;
    }
    const Token fill = !enabled ? Token::window : pressed ? Token::accentSoft : hover ? Token::hover : Token::surface;
    drawControlBox(painter, option, token(fill), bad);
}

void drawChevron(QPainter* painter, const QRectF& rect, const QColor& pen, bool up)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(pen, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF c = rect.center() + QPointF(0.5, 0.5);
    const qreal w = 3.2;
    const qreal h = up ? -1.7 : 1.7;
    painter->drawPolyline(QPolygonF({c + QPointF(-w, -h), c + QPointF(0, h), c + QPointF(w, -h)}));
    painter->restore();
}

/// A box or circle to tick, with the same border as every other control: Fusion's own outline is lost on dark ground.
void drawTick(QPainter* painter, const QStyleOption* option, bool round, bool bad)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool on = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const auto token = [option](Token t) { return color(t, option->palette); };
    const int side = std::min(option->rect.width(), option->rect.height()) - 1;
    QRectF box(0, 0, side - 1, side - 1);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor fill = token(!enabled ? Token::window : on ? Token::accent : Token::surface);
    const bool focused = enabled && (option->state & QStyle::State_HasFocus);
    painter->setPen(QPen(on && enabled && !focused ? fill : token(borderToken(option)), focused ? kFocusWidth : 1));
    painter->setBrush(fill);
    const qreal radius = round ? box.width() / 2 : 2;
    painter->drawRoundedRect(box, radius, radius);
    if (bad && enabled) {
        const qreal inset = focused ? kFocusWidth : 0;
        painter->setPen(QPen(token(Token::error), kFocusWidth));
        painter->drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius);
    }
    const QColor mark = token(enabled ? Token::onAccent : Token::disabled);
    if (round && on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mark);
        painter->drawEllipse(box.center(), box.width() / 5, box.width() / 5);
    } else if (option->state & QStyle::State_NoChange) {
        painter->setPen(QPen(mark, 2));
        painter->drawLine(QPointF(box.left() + 3, box.center().y()), QPointF(box.right() - 3, box.center().y()));
    } else if (on) {
        painter->setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const qreal w = box.width();
        painter->drawPolyline(QPolygonF({box.topLeft() + QPointF(0.24 * w, 0.52 * w),
            box.topLeft() + QPointF(0.43 * w, 0.72 * w), box.topLeft() + QPointF(0.77 * w, 0.3 * w)}));
    }
    painter->restore();
}

/// Whether a frame is that of a field to write into.
bool isTextField(const QWidget* widget)
{
    return widget && (widget->inherits("QPlainTextEdit") || widget->inherits("QTextEdit"));
}

/// With the arrow of a button that opens a menu; see setOpensMenu().
template <class Option, class Feature>
Option withArrow(const Option& option, Feature hasMenu)
{
    Option copy(option);
    copy.features |= hasMenu;
    return copy;
}

bool isBad(const QWidget* widget) { return widget && widget->property("bad").toBool(); }

bool isPrimary(const QWidget* widget) { return widget && widget->property(kPrimary).toBool(); }

bool opensMenu(const QWidget* widget) { return widget && widget->property(kOpensMenu).toBool(); }

} // namespace

int unit(const QFont& font)
{
    return std::max(4, static_cast<int>(std::lround(QFontMetricsF(font).lineSpacing() / 4.5)));
}

int unit(const QWidget* widget) { return unit(widget->font()); }

QFont scaledFont(double factor, bool semibold)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * factor);
    if (semibold)
        font.setWeight(QFont::DemiBold);
    return font;
}

void setPrimary(QWidget* button, bool primary) { button->setProperty(kPrimary, primary); }

void setOpensMenu(QWidget* button) { button->setProperty(kOpensMenu, true); }

Style::Style()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox: drawTick(painter, option, false, isBad(widget)); return;
    case PE_IndicatorRadioButton: drawTick(painter, option, true, isBad(widget)); return;
    case PE_Frame:
        if (isTextField(widget)) {
            drawFieldBox(painter, option, isBad(widget));
            return;
        }
        break;
    case PE_PanelButtonCommand: drawButtonBox(painter, option, isPrimary(widget)); return;
    case PE_PanelLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth > 0)
            drawFieldBox(painter, option, isBad(widget));
        return;
    }
    case PE_FrameFocusRect:
        // Boxes show focus by their border; a second rectangle inside would only be noise.
        if (!widget || widget->inherits("QAbstractButton") || widget->inherits("QComboBox"))
            return;
        break;
    case PE_FrameTabBarBase: painter->fillRect(option->rect, color(Token::line, option->palette)); return;
    default: break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const auto token = [option](Token t) { return color(t, option->palette); };
    switch (element) {
    case CE_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option); button && opensMenu(widget)) {
            const auto copy = withArrow(*button, QStyleOptionButton::HasMenu);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option); button && isPrimary(widget)) {
            QStyleOptionButton copy(*button);
            for (const auto group : {QPalette::Active, QPalette::Inactive})
                copy.palette.setColor(group, QPalette::ButtonText, token(Token::onAccent));
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        // Flat, the chosen one underlined: the card around the tabs is frame enough.
        if (option->state & State_Selected) {
            QRect line = option->rect;
            line.setTop(line.bottom() - 1);
            painter->fillRect(line, token(Token::accent));
        } else if (option->state & State_MouseOver && option->state & State_Enabled) {
            painter->fillRect(option->rect.adjusted(0, 0, 0, -2), token(Token::hover));
        }
        if (option->state & State_HasFocus) {
            painter->setPen(QPen(token(Token::focus), kFocusWidth));
            painter->drawRect(option->rect.adjusted(2, 2, -3, -4));
        }
        return;
    case CE_ProgressBarGroove: painter->fillRect(option->rect, token(Token::line)); return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
            bar && bar->maximum > bar->minimum) {
            const double share = double(bar->progress - bar->minimum) / double(bar->maximum - bar->minimum);
            QRect filled = option->rect;
            filled.setWidth(static_cast<int>(std::lround(share * filled.width())));
            if (option->direction == Qt::RightToLeft)
                filled.moveRight(option->rect.right());
            painter->fillRect(filled, token(Token::accent));
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    const auto pen = color(option->state & State_Enabled ? Token::text2 : Token::disabled, option->palette);
    if (control == CC_ComboBox && qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
        if (static_cast<const QStyleOptionComboBox*>(option)->editable)
            drawFieldBox(painter, option, isBad(widget));
        else
            drawButtonBox(painter, option, false, isBad(widget));
        drawChevron(painter, subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget), pen, false);
        return;
    }
    if (control == CC_SpinBox) {
        drawFieldBox(painter, option, isBad(widget));
        const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        const auto arrow = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag step, bool up) {
            const bool possible = spin && (spin->stepEnabled & step);
            drawChevron(painter, subControlRect(CC_SpinBox, option, part, widget),
                possible ? pen : color(Token::disabled, option->palette), up);
        };
        arrow(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, true);
        arrow(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, false);
        return;
    }
    if (control == CC_ToolButton && widget && widget->property("segment").toBool()) {
        // One of a row of choices: the chosen one is filled, so it reads in greyscale too.
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        const bool enabled = option->state & State_Enabled;
        const bool on = option->state & State_On;
        const bool hover = enabled && (option->state & State_MouseOver);
        const Token fill = on ? (enabled ? Token::accent : Token::disabled)
                              : (!enabled     ? Token::window
                                      : hover ? Token::hover
                                              : Token::surface);
        const bool focused = enabled && (option->state & State_HasFocus);
        QStyleOption box(*option);
        if (on)
            box.state &= ~State_HasFocus; // its ring is drawn on the fill
        drawControlBox(painter, &box, color(fill, option->palette), isBad(widget->parentWidget()));
        if (focused && on) {
            painter->setPen(QPen(color(Token::onAccent, option->palette), 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(QRectF(option->rect).adjusted(2.5, 2.5, -2.5, -2.5));
        }
        const Token text = !enabled ? (on ? Token::window : Token::disabled) : on ? Token::onAccent : Token::text;
        painter->setPen(color(text, option->palette));
        painter->drawText(option->rect, Qt::AlignCenter | Qt::TextShowMnemonic, button ? button->text : QString());
        return;
    }
    if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        control == CC_ToolButton && button) {
        if (opensMenu(widget)) {
            const auto copy = withArrow(*button, QStyleOptionToolButton::HasMenu);
            QProxyStyle::drawComplexControl(control, &copy, painter, widget);
        } else {
            QProxyStyle::drawComplexControl(control, option, painter, widget);
        }
        if ((option->state & State_Enabled) && (option->state & State_HasFocus))
            drawBox(painter, QRectF(option->rect), Qt::transparent, color(Token::focus, option->palette), kFocusWidth);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents)
        rect.adjust(unit(QApplication::font()), 0, -unit(QApplication::font()) / 2, 0);
    return rect;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_SmallIconSize:
    case PM_ButtonIconSize: return 4 * unit(QApplication::font());
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returned) const
{
    switch (hint) {
    case SH_ComboBox_Popup: return 0; // a list below the field, as long as needed, also when it is not editable
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int row = 7 * unit(QApplication::font());
    switch (type) {
    case CT_TabBarTab: return {result.width(), std::max(result.height(), row + unit(QApplication::font()))};
    case CT_PushButton:
        result.rwidth() += 2 * unit(QApplication::font());
        if (opensMenu(widget))
            result.rwidth() += proxy()->pixelMetric(PM_MenuButtonIndicator, option, widget);
        [[fallthrough]];
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox: result.setHeight(std::max(result.height(), row)); break;
    default: break;
    }
    return result;
}

void Style::polish(QWidget* widget)
{
    if (widget->inherits("QAbstractButton") || widget->inherits("QComboBox") || widget->inherits("QAbstractSpinBox"))
        widget->setAttribute(Qt::WA_Hover);
    // The frame is drawn beneath the text, so that its rings are whole and nothing moves when they come.
    if (auto* area = qobject_cast<QAbstractScrollArea*>(widget);
        area && isTextField(area) && area->frameShape() != QFrame::NoFrame)
        area->viewport()->setAutoFillBackground(false);
    QProxyStyle::polish(widget);
}

} // namespace falconer::ui
