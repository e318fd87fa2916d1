// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace falconer::ui {

/// Sets a property that the style sheet selects by and has the widget styled anew.
void setLook(QWidget* widget, const char* property, const QVariant& value);

/// Body text in the quiet colour and the caption's size.
QLabel* makeCaption(const QString& text, QWidget* parent);

/// A section's heading.
QLabel* makeHeading(const QString& text, QWidget* parent);

/// Writes a number that changes in place. Where the font's digits differ in width it stands at the end of a width that
/// holds its widest digits, so that a new value moves nothing; the label must not be stretched.
void setNumber(QLabel* label, const QString& number);

/// A label that gives up its own width rather than its window's: text that does not fit is cut with "…" (in the middle
/// for paths) and stands whole in the tooltip, unless somebody has set another.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(Qt::TextElideMode mode, QWidget* parent = nullptr);
    void setFullText(const QString& text);
    const QString& fullText() const { return m_text; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();

    QString m_text;
    QString m_tip; ///< ours
    Qt::TextElideMode m_mode;
};

} // namespace falconer::ui
