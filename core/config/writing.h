// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/range.h"

#include <cstdint>
#include <functional>
#include <string>

namespace YAML {
class Emitter;
}

namespace falconer {

// One value of the recipe to YAML: lists and maps in brackets, on one line.
void put(YAML::Emitter& out, bool value);
void put(YAML::Emitter& out, std::int64_t value);
void put(YAML::Emitter& out, std::uint64_t value);
void put(YAML::Emitter& out, double value);
/// Quoted wherever a YAML 1.1 or 1.2 reader could take it for something else than this text.
void put(YAML::Emitter& out, const std::string& value);
/// A bare word of the recipe's own: null, auto.
void putWord(YAML::Emitter& out, const char* word);

/// What `write` emits, as a text of its own.
std::string emitted(const std::function<void(YAML::Emitter&)>& write);

} // namespace falconer
