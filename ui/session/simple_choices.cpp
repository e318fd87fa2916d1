// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/simple_choices.h"

#include "core/config/recipe_io.h"

#include <QCoreApplication>

#include <algorithm>

namespace falconer::ui {
namespace {

struct ChoiceText {
    Q_DECLARE_TR_FUNCTIONS(ChoiceText)
};

} // namespace

std::vector<SimpleChoice> qualityChoices()
{
    // Higher ranks learn at lower rates: peers' recipes go the same way.
    return {
        {ChoiceText::tr("Quick look"), ChoiceText::tr("24 steps, to see whether data and model get along."),
            {{"training.max_steps", "24"}, {"training.epochs", "1"}, {"lora.rank", "8"}, {"lora.alpha", "16"},
                {"training.learning_rate", "3.0e-4"}}},
        {ChoiceText::tr("Balanced"), ChoiceText::tr("Twice through the data at rank 16, as most published recipes do."),
            {{"training.max_steps", "null"}, {"training.epochs", "2"}, {"lora.rank", "16"}, {"lora.alpha", "32"},
                {"training.learning_rate", "2.0e-4"}}},
        {ChoiceText::tr("Best"),
            ChoiceText::tr(
                "Three times through the data at rank 64: more detail, more time, and it overfits small data."),
            {{"training.max_steps", "null"}, {"training.epochs", "3"}, {"lora.rank", "64"}, {"lora.alpha", "128"},
                {"training.learning_rate", "1.0e-4"}}},
    };
}

std::vector<SimpleChoice> memoryChoices()
{
    return {
        {ChoiceText::tr("Most accurate"), ChoiceText::tr("Frozen weights as they are: 2 bytes a weight in bfloat16."),
            {{"quantization.type", "none"}, {"training.gradient_checkpointing", "auto"}}},
        {ChoiceText::tr("In between"), ChoiceText::tr("int8: 1 byte a weight, hardly any loss."),
            {{"quantization.type", "int8"}, {"training.gradient_checkpointing", "auto"}}},
        {ChoiceText::tr("Smallest"),
            ChoiceText::tr(
                "nf4 (QLoRA): about half a byte a weight; activations are partly recomputed, which takes time."),
            {{"quantization.type", "nf4"}, {"quantization.double_quant", "true"},
                {"training.gradient_checkpointing", "selective"}}},
    };
}

std::vector<std::string> fieldsOf(const std::vector<SimpleChoice>& choices)
{
    std::vector<std::string> keys;
    for (const SimpleChoice& choice : choices)
        for (const auto& value : choice.values)
            if (std::find(keys.begin(), keys.end(), value.first) == keys.end())
                keys.push_back(value.first);
    return keys;
}

std::optional<std::size_t> choiceOf(const std::vector<SimpleChoice>& choices, const Recipe& recipe)
{
    for (std::size_t i = 0; i < choices.size(); ++i) {
        Recipe chosen = recipe;
        take(choices[i], chosen);
        if (chosen == recipe)
            return i;
    }
    return {};
}

void take(const SimpleChoice& choice, Recipe& recipe)
{
    for (const auto& [key, yaml] : choice.values)
        setRecipeValue(recipe, key, yaml);
}

} // namespace falconer::ui
