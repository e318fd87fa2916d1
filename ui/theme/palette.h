// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QPalette>

namespace falconer::ui {

/// Every role of every group from the tokens; it carries nearly all of the look.
QPalette makePalette(Scheme scheme);

/// Which scheme a palette belongs to, by the lightness of its window colour. Widgets ask their own palette, so nobody
/// needs a reference to the theme, and a repaint after a change of palette is enough.
Scheme schemeOf(const QPalette& palette);

inline QColor color(Token token, const QPalette& palette) { return color(token, schemeOf(palette)); }

} // namespace falconer::ui
