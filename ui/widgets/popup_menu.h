// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractButton;
class QMenu;
class QWidget;

namespace falconer::ui {

/// Opens `menu` below `anchor`, above where there is more room, at its leading edge. Returns at once.
void popUp(QMenu* menu, const QWidget* anchor);

/// Gives `button` a menu and the arrow that tells of it: by click, Space, Return or Alt+Down. Qt's own ways, setMenu()
/// and InstantPopup, run an event loop while the menu is open; this one does not. Fill the menu in its aboutToShow().
void setPopupMenu(QAbstractButton* button, QMenu* menu);

} // namespace falconer::ui
