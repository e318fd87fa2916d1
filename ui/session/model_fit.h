// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace falconer::ui {

/// Whether a model can be trained in some memory, by its number of weights alone, for a list of many models. The memory
/// plan of a recipe knows better.
enum class ModelFit {
    unknown,
    whole, ///< with its weights in 16 bits
    quantized, ///< with nf4
    tooLarge
};

/// `parameters` or `memory` (bytes) of 0 are not known.
ModelFit modelFit(qint64 parameters, qint64 memory);

/// "Fits", "Fits with nf4", "Too large".
QString fitText(ModelFit fit);

} // namespace falconer::ui
