// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QString>
#include <QStyleOptionViewItem>

class QPainter;

namespace falconer::ui {

/// The ground of a table's cell (selection, stripe, hover) without its text.
void paintCellGround(QPainter* painter, QStyleOptionViewItem cell);

/// Width of a chip with that text, in pixels.
int chipWidth(const QString& text, const QStyleOptionViewItem& cell);

/// A rounded label in the middle of the cell's height, `offset` pixels from its leading edge (right to left: from the
/// right one) and at most `width` wide; a longer text is elided.
void paintChip(QPainter* painter, const QStyleOptionViewItem& cell, int offset, int width, const QString& text,
    Token ground, Token letters);

} // namespace falconer::ui
