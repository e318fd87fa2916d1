// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace falconer {

/// Which files the recipe's data section names, and what they are for.
struct SourceFiles {
    /// Throws recipeInvalid: no training file, a weight that is not above 0 (or above 1000), a share outside 0..1.
    explicit SourceFiles(const DataSettings& settings);

    std::vector<std::string> train;
    std::vector<double> weights; ///< of each of them: how often an epoch goes through its rows
    std::optional<std::string> validation; ///< a file of its own
    double share = 0; ///< held back from the training rows; 0 with a validation file

    /// Training files, then the validation file: what Sample::file counts in.
    std::vector<std::string> all() const;
    std::int32_t validationIndex() const { return static_cast<std::int32_t>(train.size()); }
};

} // namespace falconer
