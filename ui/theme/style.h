// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QProxyStyle>

class QWidget;

namespace falconer::ui {

/// The layout unit, "u": 4 px, growing with the font.
int unit(const QFont& font);
int unit(const QWidget* widget);

/// Factors of the system font's point size.
inline constexpr double kTitleSize = 1.38;
inline constexpr double kMetricSize = 1.54;
inline constexpr double kCaptionSize = 0.92;

/// `widget`'s application font, scaled and perhaps semibold.
QFont scaledFont(double factor, bool semibold = false);

/// Makes `button` the one filled button of its page.
void setPrimary(QWidget* button, bool primary = true);

/// Draws the arrow of a menu on `button`; setPopupMenu() in ui/widgets gives it one.
void setOpensMenu(QWidget* button);

/// Fusion with flat controls, a slim progress bar, and a focus ring that is always visible from the keyboard. Colours
/// come from the palette and the tokens; nothing here is set with style sheets.
class Style : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
        const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returned) const override;
    QSize sizeFromContents(
        ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
};

} // namespace falconer::ui
