// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace falconer::ui {

/// Leaves the wheel to the page over the boxes, spin boxes and sliders below `root` that do not have the focus, now
/// and those that come later: scrolling must not change a setting, nor may the wheel bring the focus.
void guardWheel(QWidget* root);

} // namespace falconer::ui
