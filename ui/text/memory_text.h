// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/run_forecast.h"
#include "ui/theme/tokens.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace falconer::ui {

/// A part of the planned peak, as the plan lists it.
struct MemoryPart {
    QString name; ///< "Activations, longest row × 8"
    std::int64_t bytes = 0;
    Token token = Token::memoryWeights;
};
/// The six parts of the peak of the device that trains, always all, in this order: frozen weights, embeddings,
/// activations, adapter, workspace, program.
std::vector<MemoryPart> memoryParts(const RunForecast& forecast, const Recipe& recipe);

/// "Planned peak, while training".
QString peakText(const MemoryPlan& plan);

/// Whether it fits, and by how much.
struct FitVerdict {
    enum class Fit { unknown, fits, tight, tooLarge };
    Fit fit = Fit::unknown;
    QString text; ///< "Tight: 0.2 GiB to spare"
};
/// Tight is what leaves less than a twentieth.
FitVerdict fitVerdict(const RunForecast& forecast);

/// A suggestion in words: what is changed, and what it costs.
struct SuggestionText {
    QString change; ///< "Micro-batch 4, accumulate 2"
    QString price; ///< "same batch, a little slower"
};
SuggestionText suggestionText(const PlanSuggestion& suggestion);

} // namespace falconer::ui
