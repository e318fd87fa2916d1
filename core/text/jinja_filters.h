// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/jinja_runtime.h"

#include <span>

namespace falconer::jinja {

using Filter = Value (*)(Runtime&, const Value&, const Arguments&);
struct NamedFilter {
    std::string_view name;
    Filter filter;
};

/// Filters of texts and numbers, and those of lists; each sorted by name.
std::span<const NamedFilter> textFilters();
std::span<const NamedFilter> listFilters();

/// What a filter's parameter `attribute` asks for: "a.b.0" goes from member to member.
Value attributePath(Runtime& runtime, Value value, const Value& path, const Value* fallback = nullptr);
/// Lower case for a string, anything else as it is: what sorting without case compares.
Value ignoreCase(Runtime& runtime, const Value& value);

} // namespace falconer::jinja
