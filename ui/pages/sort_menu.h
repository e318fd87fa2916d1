// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace falconer::ui {

/// Gives a table that is sorted by its header the same from the keyboard: a context menu (Menu key, Shift+F10) with its
/// columns. The one it is sorted by turns the order round.
void addSortMenu(QTableView* table);

} // namespace falconer::ui
