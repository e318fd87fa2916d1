// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// What kind of value a key takes; forms choose their editor by it.
enum class FieldKind { boolean, integer, number, text, choice, path, list, map, mixed };

/// One key of the recipe, declared once: reader, writer, validation, --help and forms are all built from this table.
struct FieldInfo {
    std::string_view key; ///< dotted: "lora.rank"
    FieldKind kind;
    std::string_view defaultValue; ///< as YAML
    std::span<const std::string_view> choices; ///< for FieldKind::choice
    std::optional<double> minimum; ///< the lower bound; validate() knows whether the bound itself is allowed
    std::optional<double> maximum; ///< the upper bound, likewise
    std::string_view help; ///< what it does, typical values, what happens when too high
};

/// Every key, in the order in which run.yaml is written.
std::span<const FieldInfo> recipeFields();

/// The entry of a key, or nullptr.
const FieldInfo* findField(std::string_view key);

} // namespace falconer
