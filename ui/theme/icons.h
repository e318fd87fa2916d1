// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QIcon>
#include <QString>

namespace falconer::ui {

/// An icon of resources/icons by its stem, drawn in the token's colour of the scheme in force when it is painted, and
/// in the disabled colour on a disabled control.
QIcon icon(const QString& stem, Token token = Token::text);

} // namespace falconer::ui
