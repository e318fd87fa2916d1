// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/config/recipe_io.h"

#include <QString>

#include <string>
#include <vector>

namespace falconer::test {

/// What every recipe must have; two lines, so that what follows begins on line 3.
inline const std::string kRequired = "model: tiny\ndata: {train: rows.jsonl}\n";

/// Reads text as run.yaml in the folder /recipes.
inline LoadedRecipe parse(const std::string& yaml, const std::vector<std::string>& overrides = {})
{
    return parseRecipe(yaml, "run.yaml", "/recipes", overrides);
}

/// The faults of a text; empty when it is fine.
inline std::vector<Fault> faultsOf(const std::string& yaml, const std::vector<std::string>& overrides = {})
{
    try {
        parse(yaml, overrides);
    } catch (const Error& error) {
        return error.faults();
    }
    return {};
}

/// All faults as sentences, one a line.
inline QString sentences(const std::vector<Fault>& faults)
{
    QString text;
    for (const Fault& fault : faults)
        text += (text.isEmpty() ? "" : "\n") + QString::fromStdString(sentence(fault));
    return text;
}

} // namespace falconer::test
