// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// One tensor of a model.
struct ModelParameter {
    enum class Owner { embedding, linear, norm, head };

    std::string module; ///< "transformer.h.0.input_layernorm"
    bool bias = false; ///< the module's bias, else its weight
    Owner owner = Owner::linear;
    std::vector<std::int64_t> shape;

    std::string name() const { return module + (bias ? ".bias" : ".weight"); }
};

/// Every tensor of the model, in Transformers' named_parameters() order; a tied head is listed as one of its own.
std::vector<ModelParameter> modelParameters(const ModelSpec& spec);

/// Those that modules_to_save names. PEFT's rule: every module whose path ends with one of the texts ("norm" is also
/// "input_layernorm"), with all that is inside it ("mlp").
std::vector<ModelParameter> savedParameters(const ModelSpec& spec, const std::vector<std::string>& modulesToSave);

} // namespace falconer
