// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_notes.h"

#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <cmath>
#include <functional>
#include <map>

namespace falconer::ui {
namespace {

struct NoteText {
    Q_DECLARE_TR_FUNCTIONS(NoteText)
};

QString scale(const Recipe& recipe)
{
    const double rank = static_cast<double>(recipe.lora.rank);
    if (rank < 1)
        return {};
    const double value = recipe.lora.alpha / (recipe.lora.rslora ? std::sqrt(rank) : rank);
    return NoteText::tr("scale %1").arg(value, 0, 'f', value < 0.1 ? 3 : 1);
}

QString batch(const Recipe& recipe)
{
    const double rows
        = static_cast<double>(recipe.training.microBatch) * static_cast<double>(recipe.training.gradientAccumulation);
    return rows < 1 || rows > 1e9 ? QString() : NoteText::tr("batch of %1").arg(countText(static_cast<qint64>(rows)));
}

QString doubleQuantization(const Recipe& recipe)
{
    const std::string& type = recipe.quantization.type;
    return type == "none" || type == "int8" ? NoteText::tr("no effect with %1").arg(toQString(type)) : QString();
}

QString validation(const Recipe& recipe)
{
    const auto* share = std::get_if<double>(&recipe.data.validation);
    if (!share || *share < 0 || *share >= 1)
        return {};
    return *share == 0 ? NoteText::tr("No validation: nobody sees overfitting")
                       : NoteText::tr("%1 % of the rows").arg(recipeNumber(std::round(*share * 1e4) / 1e2));
}

QString epochs(const Recipe& recipe)
{
    return recipe.training.maxSteps ? NoteText::tr("Steps win") : NoteText::tr("times through");
}

QString steps(const Recipe& recipe) { return recipe.training.maxSteps ? QString() : NoteText::tr("by epochs"); }

QString warmupSteps(const Recipe& recipe)
{
    if (recipe.training.scheduler == "constant")
        return NoteText::tr("no effect: constant");
    return recipe.training.warmupSteps ? QString() : NoteText::tr("by share");
}

QString warmupShare(const Recipe& recipe)
{
    const TrainingSettings& training = recipe.training;
    if (training.scheduler == "constant")
        return NoteText::tr("no effect: constant");
    if (training.warmupSteps)
        return NoteText::tr("Steps win");
    if (!training.maxSteps || training.warmupRatio < 0 || training.warmupRatio > 1)
        return {};
    // As the schedule rounds it.
    const double count = std::ceil(training.warmupRatio * static_cast<double>(*training.maxSteps));
    return NoteText::tr("%n step(s)", nullptr, static_cast<int>(std::min(count, 1e9)));
}

QString sentinel(const Recipe& recipe)
{
    const auto* share = std::get_if<double>(&recipe.data.validation);
    return share && *share == 0 ? NoteText::tr("needs validation rows") : QString();
}

} // namespace

QString fieldNote(const std::string& key, const Recipe& recipe)
{
    static const std::map<std::string, std::function<QString(const Recipe&)>> kNotes{
        {"lora.alpha", scale},
        {"quantization.double_quant", doubleQuantization},
        {"data.validation", validation},
        {"data.max_length", [](const Recipe&) { return NoteText::tr("tokens"); }},
        {"training.epochs", epochs},
        {"training.max_steps", steps},
        {"training.micro_batch", [](const Recipe&) { return NoteText::tr("rows at a time"); }},
        {"training.gradient_accumulation", batch},
        {"training.learning_rate", [](const Recipe&) { return NoteText::tr("1e-4 to 3e-4"); }},
        {"training.warmup_steps", warmupSteps},
        {"training.warmup_ratio", warmupShare},
        {"training.eval_every", [](const Recipe&) { return NoteText::tr("steps"); }},
        {"training.save_every", [](const Recipe&) { return NoteText::tr("steps"); }},
        {"training.keep_checkpoints", [](const Recipe&) { return NoteText::tr("and the best"); }},
        {"sentinel.enabled", sentinel},
        {"sentinel.patience", [](const Recipe&) { return NoteText::tr("evaluations"); }},
    };
    const auto found = kNotes.find(key);
    return found == kNotes.end() ? QString() : found->second(recipe);
}

} // namespace falconer::ui
