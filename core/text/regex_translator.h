// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace falconer {

/// Rewrites a regular expression of Oniguruma's default syntax into one that PCRE2 (32-bit code units, multi-line, line
/// feed as newline, no UCP) reads the same way: \p{…}, \s, \d, \w and (?i) become ranges probed from the reference.
/// Throws modelUnsupported (subject `source`) for everything whose meaning differs or is not known to be the same.
std::u32string translateRegex(const std::string& expression, const std::string& source);

} // namespace falconer
