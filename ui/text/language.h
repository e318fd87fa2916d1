// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLocale;

namespace falconer::ui {

/// Installs Falconer's and Qt's own texts in the locale's language into the application; English stays where there is
/// none.
void installLanguage(const QLocale& locale);

} // namespace falconer::ui
