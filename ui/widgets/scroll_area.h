// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace falconer::ui {

/// Scrolls `content` up and down, never sideways; it has no frame and is no stop for Tab. The content is owned. The
/// wheel scrolls, whatever lies under the mouse: see guardWheel().
QScrollArea* makeScrollArea(QWidget* content, QWidget* parent);

/// The same inside a card, whose own ground shows through.
QScrollArea* makeCardScrollArea(QWidget* content, QWidget* parent);

/// The width that a page of the window has to itself. Not its own: what it shows now may ask for more than there is,
/// and it would never hear that it is to show less.
int roomFor(const QWidget* page);

} // namespace falconer::ui
