// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pill.h"

#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

namespace falconer::ui {

Pill::Pill(QWidget* parent)
    : QLabel(parent)
{
    setFont(scaledFont(kCaptionSize, true));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    // Not by the style sheet: its padding is not known before the pill has been shown, and layouts ask earlier.
    const int u = unit(this);
    setContentsMargins(2 * u, u, 2 * u, u);
}

void Pill::set(const QString& text, Meaning meaning)
{
    static constexpr const char* kLooks[] = {"quiet", "info", "ok", "warn", "error"};
    setText(text);
    setLook(this, "pill", QString::fromLatin1(kLooks[static_cast<int>(meaning)]));
}

} // namespace falconer::ui
