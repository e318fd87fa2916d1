// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace falconer::ui {

/// A name of the person's own, for a button, menu or tab, where an ampersand would be taken for a mnemonic.
inline QString plainWords(QString name) { return name.replace(QLatin1Char('&'), QLatin1String("&&")); }

} // namespace falconer::ui
