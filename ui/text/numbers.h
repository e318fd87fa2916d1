// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace falconer::ui {

/// Three decimals and a true minus; "–" for no finite value.
QString lossText(double loss);

/// "2.0e-4" as the recipe writes it, with a true minus: "1.20e−4" at two decimals.
QString rateText(double rate);

/// "50 s", "3 min 28 s", "2 h 5 min".
QString durationText(double seconds);

/// With the digit grouping of the user's language.
QString countText(qint64 count);

/// The shortest text that reads back to the same number, as a recipe would write it: "2.0e-4", "0.05", "3".
QString recipeNumber(double value);

/// Bytes in GiB, in the digits of the user's language: "7.22", from ten on with one decimal, "<0.01" for less than
/// that.
QString gibNumber(qint64 bytes, int decimals = 2);
/// The same with its unit: "7.22 GiB".
QString gibText(qint64 bytes, int decimals = 2);

/// Weights of a model: "135 M", "6.92 B".
QString parametersText(qint64 parameters);

} // namespace falconer::ui
