// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/model_fit.h"

#include <QCoreApplication>

namespace falconer::ui {
namespace {

struct FitText {
    Q_DECLARE_TR_FUNCTIONS(FitText)
};

/// Bytes a weight: two in bfloat16; in nf4 half a byte, its scales, and the embeddings that stay in 16 bits.
constexpr double kWhole = 2.0;
constexpr double kQuantized = 0.6;
/// What a small run takes beside the weights: program, adapter, optimizer, activations of a short row.
constexpr double kRest = 1.2 * 1024 * 1024 * 1024;

} // namespace

ModelFit modelFit(qint64 parameters, qint64 memory)
{
    if (parameters <= 0 || memory <= 0)
        return ModelFit::unknown;
    const double room = double(memory) - kRest;
    if (double(parameters) * kWhole <= room)
        return ModelFit::whole;
    return double(parameters) * kQuantized <= room ? ModelFit::quantized : ModelFit::tooLarge;
}

QString fitText(ModelFit fit)
{
    switch (fit) {
    case ModelFit::unknown: return {};
    case ModelFit::whole: return FitText::tr("Fits");
    case ModelFit::quantized: return FitText::tr("Fits with nf4");
    case ModelFit::tooLarge: return FitText::tr("Too large");
    }
    return {};
}

} // namespace falconer::ui
