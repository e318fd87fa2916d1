// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_spin.h"

namespace falconer::ui {

QString NumberSpin::textFromValue(double value) const
{
    return locale().toString(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace falconer::ui
