// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/memory_text.h"

#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace falconer::ui {
namespace {

struct MemoryText {
    Q_DECLARE_TR_FUNCTIONS(MemoryText)
};

constexpr std::int64_t kTight = 20; ///< a twentieth

const MemoryBytes& fullest(const MemoryPlan& plan) { return plan.gpu ? *plan.gpu : plan.ram; }

} // namespace

std::vector<MemoryPart> memoryParts(const RunForecast& forecast, const Recipe& recipe)
{
    using enum MemoryClass;
    const MemoryBytes& bytes = fullest(forecast.plan);
    const std::int64_t tables = std::min(forecast.tables, bytes[weights]);
    const QString type
        = toQString(recipe.quantization.type == "none" ? recipe.quantization.computeDtype : recipe.quantization.type);
    const QString rows = forecast.trainRows > 0 ? MemoryText::tr("Activations, longest row × %1")
                                                : MemoryText::tr("Activations, rows of max_length × %1");
    return {{MemoryText::tr("Frozen weights, %1").arg(type), bytes[weights] - tables + bytes[quantizationState],
                Token::memoryWeights},
        {MemoryText::tr("Embeddings, %1").arg(toQString(recipe.quantization.computeDtype)), tables,
            Token::memoryTables},
        {rows.arg(recipe.training.microBatch), bytes[activations], Token::memoryActivations},
        {MemoryText::tr("Adapter, gradients, %1").arg(toQString(recipe.training.optimizer)),
            bytes[adapters] + bytes[gradients] + bytes[optimizer], Token::memoryAdapter},
        {MemoryText::tr("Loss chunks and workspace"), bytes[logits] + bytes[workspace], Token::memoryWorkspace},
        {forecast.plan.gpu ? MemoryText::tr("CUDA runtime") : MemoryText::tr("Program and data"),
            bytes[libtorch] + bytes[data], Token::memoryProgram}};
}

QString peakText(const MemoryPlan& plan)
{
    if (plan.phase == "loading")
        return MemoryText::tr("Planned peak, while loading");
    if (plan.phase == "preparing")
        return MemoryText::tr("Planned peak, while preparing the adapter");
    if (plan.phase == "evaluating")
        return MemoryText::tr("Planned peak, while evaluating");
    if (plan.phase == "saving")
        return MemoryText::tr("Planned peak, while saving");
    return MemoryText::tr("Planned peak, while training");
}

FitVerdict fitVerdict(const RunForecast& forecast)
{
    const MemoryPlan& plan = forecast.plan;
    const std::int64_t spare = plan.available - plan.peak;
    if (plan.gpu && plan.fits == false && (plan.available <= 0 || spare >= 0)) {
        const std::int64_t ram
            = std::accumulate(plan.ram.bytes.begin(), plan.ram.bytes.end(), std::int64_t{0}) - forecast.ramAvailable;
        return {FitVerdict::Fit::tooLarge, MemoryText::tr("Does not fit into RAM: %1 over").arg(gibText(ram))};
    }
    if (plan.available <= 0)
        return {FitVerdict::Fit::unknown, MemoryText::tr("Free memory is not known")};
    if (spare < 0)
        return {FitVerdict::Fit::tooLarge, MemoryText::tr("Does not fit: %1 over").arg(gibText(-spare))};
    if (spare * kTight < plan.available)
        return {FitVerdict::Fit::tight, MemoryText::tr("Tight: %1 to spare").arg(gibText(spare))};
    return {FitVerdict::Fit::fits, MemoryText::tr("Fits: %1 to spare").arg(gibText(spare))};
}

SuggestionText suggestionText(const PlanSuggestion& suggestion)
{
    const QString key = toQString(suggestion.change).section(QLatin1Char('='), 0, 0);
    const Recipe& recipe = suggestion.recipe;
    if (key == QLatin1String("training.gradient_checkpointing")) {
        const bool full = recipe.training.gradientCheckpointing == "full";
        return {MemoryText::tr("Checkpointing: %1").arg(toQString(recipe.training.gradientCheckpointing)),
            full ? MemoryText::tr("slower: each layer is computed twice")
                 : MemoryText::tr("a little slower: the MLP is computed twice")};
    }
    if (key == QLatin1String("training.micro_batch"))
        return {MemoryText::tr("Micro-batch %1, accumulate %2")
                    .arg(recipe.training.microBatch)
                    .arg(recipe.training.gradientAccumulation),
            MemoryText::tr("same batch of %1, a little slower")
                .arg(recipe.training.microBatch * recipe.training.gradientAccumulation)};
    if (key == QLatin1String("training.optimizer"))
        return {MemoryText::tr("Optimizer: %1").arg(toQString(recipe.training.optimizer)),
            MemoryText::tr("same speed, nearly the same result")};
    if (key == QLatin1String("quantization.double_quant"))
        return {MemoryText::tr("Double quantization"), MemoryText::tr("nearly the same result")};
    if (key == QLatin1String("quantization.compute_dtype"))
        return {MemoryText::tr("Compute type: %1").arg(toQString(recipe.quantization.computeDtype)),
            MemoryText::tr("more rounding; slower where the processor emulates it")};
    if (key == QLatin1String("quantization.type"))
        return {MemoryText::tr("Quantization: %1").arg(toQString(recipe.quantization.type)),
            MemoryText::tr("more rounding error in the frozen weights")};
    if (key == QLatin1String("lora.rank"))
        return {MemoryText::tr("Rank %1, alpha %2").arg(recipe.lora.rank).arg(recipe.lora.alpha),
            MemoryText::tr("same scale, learns less detail")};
    if (key == QLatin1String("data.max_length"))
        return {MemoryText::tr("Rows up to %1 tokens").arg(recipe.data.maxLength),
            MemoryText::tr("longer rows are cut, so less is learned")};
    return {toQString(suggestion.change), {}};
}

} // namespace falconer::ui
