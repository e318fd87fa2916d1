// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace falconer::ui {

/// Scrolls `content` up and down, never sideways; it has no frame and is no stop for Tab. The content is owned.
QScrollArea* makeScrollArea(QWidget* content, QWidget* parent);

/// The same inside a card, whose own ground shows through.
QScrollArea* makeCardScrollArea(QWidget* content, QWidget* parent);

} // namespace falconer::ui
