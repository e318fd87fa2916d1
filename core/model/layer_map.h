// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/model/spec.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// lora.targets, layers, rank and rank_pattern as one table: the rank that each linear of each layer trains with.
struct LayerMap {
    static constexpr std::int64_t kOut = 0; ///< not adapted
    static constexpr std::int64_t kWhole = -1; ///< lora.modules_to_save trains it as a whole; not to be changed here

    LayerMap() = default;
    explicit LayerMap(const ModelSpec& spec)
        : modules(spec.linears.size())
        , layers(static_cast<std::size_t>(spec.layers))
        , ranks(modules * layers, kOut)
    {
    }

    std::int64_t& at(std::size_t module, std::size_t layer) { return ranks[module * layers + layer]; }
    std::int64_t at(std::size_t module, std::size_t layer) const { return ranks[module * layers + layer]; }
    bool operator==(const LayerMap&) const = default;

    std::size_t modules = 0; ///< in the order of ModelSpec::linears
    std::size_t layers = 0;
    std::vector<std::int64_t> ranks; ///< module by module
};

/// What the recipe chooses. An empty list of targets (which validate() finds) is a map without a cell; lora.init_from
/// is not looked into. Throws recipeInvalid as resolveTargets() does, and for a rank pattern that is no regular
/// expression.
LayerMap readLayerMap(const ModelSpec& spec, const LoraSettings& lora);

/// Makes the recipe choose exactly `map`, in the simplest form that does: names and layers where every chosen module
/// has the same layers, else a regular expression; one rank where all cells share it, else lora.rank (as it is, as long
/// as a cell has it) and patterns for the others. Entries of lora.alpha_pattern that match no chosen cell any more,
/// which would be a fault, go. Cells that are trained as a whole are passed over.
void writeLayerMap(LoraSettings& lora, const ModelSpec& spec, const LayerMap& map);

/// Everything that is trained: the pairs of `map`, DoRA's magnitudes, biases and modules to save.
std::int64_t trainedParameters(const ModelSpec& spec, const LoraSettings& lora, const LayerMap& map);

/// "0-3,7" of ascending numbers.
std::string layerRanges(const std::vector<std::int64_t>& layers);

} // namespace falconer
