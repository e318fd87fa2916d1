// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/model/spec.h"

#include <string>
#include <vector>

namespace falconer {

/// The full module paths of the linears that a recipe adapts, in the model's order. "all-linear": every linear but the
/// head; a list: PEFT's suffix rule; another string: a regular expression that must match the whole path. Restricted to
/// lora.layers; without what lora.modules_to_save trains as a whole. Throws recipeInvalid naming lora.targets,
/// lora.layers or lora.modules_to_save when nothing matches or a layer or module does not exist, and says what the
/// model has.
std::vector<std::string> resolveTargets(const ModelSpec& spec, const LoraSettings& settings);

/// The linear of a full module path; throws internal when it is not one of the model's.
const LinearSpec& linearOf(const ModelSpec& spec, const std::string& module);

/// "0-15,20" or "all" as ascending layer numbers below `layers`.
std::vector<std::int64_t> resolveLayers(const ModelSpec& spec, const LoraSettings& settings);

/// Every linear's full path, in Transformers' named_modules() order.
std::vector<std::string> allLinears(const ModelSpec& spec);

} // namespace falconer
