// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QLatin1String>

namespace falconer::ui {

enum class Scheme { light, dark };

/// A colour by its meaning. Widgets name a token, never a colour: both schemes and the contrast test come from one
/// table.
enum class Token {
    // surfaces
    window,
    surface,
    rail,
    alt,
    hover,
    line, ///< divider
    control, ///< border of a control
    // text
    text,
    text2, ///< captions and quiet facts
    disabled,
    // emphasis
    accent,
    accentHover,
    onAccent,
    accentSoft, ///< selection
    link,
    focus,
    // meaning
    ok,
    okSoft,
    warn,
    warnSoft,
    error,
    errorSoft,
    // token microscope: neighbouring tokens alternate
    maskedToken,
    maskedTokenAlt,
    learnedToken,
    learnedTokenAlt,
    // charts; these roles are the same wherever a single run is drawn
    grid,
    trainingRaw,
    training,
    validation,
    best,
    checkpoint,
    watchBand,
    watchEdge,
    overfittingBand,
    overfittingEdge,
    // several runs in one chart; dashes tell them apart too
    run1,
    run2,
    run3,
    run4,
    // what memory is spent on, and the figures on it
    memoryWeights,
    memoryTables,
    memoryActivations,
    memoryAdapter,
    memoryWorkspace,
    memoryProgram,
    onMemory,
    // cells of the layer map: a rank, and the highest of several
    mapRank,
    mapHighest
};
inline constexpr int kTokenCount = static_cast<int>(Token::mapHighest) + 1;

QColor color(Token token, Scheme scheme);

/// As style sheets write it: "@okSoft".
QLatin1String name(Token token);

} // namespace falconer::ui
