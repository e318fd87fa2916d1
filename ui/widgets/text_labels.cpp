// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_labels.h"

#include "ui/theme/style.h"

#include <QCoreApplication>
#include <QEvent>
#include <QStyle>
#include <QVariant>

namespace falconer::ui {
namespace {

/// In one font: the digit of the greatest width; none where all are equally wide.
QChar widestDigit(const QFont& font)
{
    const QFontMetricsF metrics(font);
    QChar widest(u'0');
    bool alike = true;
    for (QChar digit(u'1'); digit <= QChar(u'9'); digit = QChar(digit.unicode() + 1)) {
        alike = alike && metrics.horizontalAdvance(digit) == metrics.horizontalAdvance(QChar(u'0'));
        if (metrics.horizontalAdvance(digit) > metrics.horizontalAdvance(widest))
            widest = digit;
    }
    return alike ? QChar() : widest;
}

} // namespace

void setLook(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    // A label measures itself anew only when it hears of it: the look may have brought padding.
    QEvent changed(QEvent::StyleChange);
    QCoreApplication::sendEvent(widget, &changed);
    widget->updateGeometry();
}

QLabel* makeCaption(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(scaledFont(kCaptionSize));
    label->setProperty("quiet", true);
    return label;
}

QLabel* makeHeading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(scaledFont(1.0, true));
    return label;
}

void setNumber(QLabel* label, const QString& number)
{
    label->setText(number);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    if (!label->font().isFeatureSet("tnum")) {
        QFont font = label->font();
        font.setFeature("tnum", 1);
        label->setFont(font);
    }
#endif
    static const QChar widest = widestDigit(label->font());
    if (widest.isNull())
        return;
    QString room = number;
    for (QChar& each : room)
        if (each.isDigit())
            each = widest;
    label->setMinimumWidth(label->fontMetrics().horizontalAdvance(room));
    label->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
}

ElidedLabel::ElidedLabel(Qt::TextElideMode mode, QWidget* parent)
    : QLabel(parent)
    , m_mode(mode)
{
    setTextFormat(Qt::PlainText);
}

void ElidedLabel::setFullText(const QString& text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    elide();
    updateGeometry();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")), QLabel::minimumSizeHint().height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, QLabel::sizeHint().height()};
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_text, m_mode, contentsRect().width());
    setText(shown);
    if (!toolTip().isEmpty() && toolTip() != m_tip)
        return;
    m_tip = shown == m_text ? QString() : m_text;
    setToolTip(m_tip);
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        elide();
}

} // namespace falconer::ui
