// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace falconer {

/// A regular expression over module paths, as PEFT's settings hold them (Perl's syntax, which has what Python's has).
class ModulePattern {
public:
    /// `setting` is the key or the file that holds the expression, for messages. Throws recipeInvalid when it is not a
    /// valid expression.
    ModulePattern(const std::string& expression, const std::string& setting);
    ~ModulePattern();
    ModulePattern(ModulePattern&&) noexcept;
    ModulePattern& operator=(ModulePattern&&) noexcept;

    /// Python's re.fullmatch. Throws recipeInvalid when the expression takes too many steps.
    bool matches(const std::string& path) const;
    /// PEFT's rule for the keys of rank_pattern and alpha_pattern: the whole path, or all of it behind a dot.
    bool matchesEnd(const std::string& path) const;

private:
    struct Compiled;
    bool run(const Compiled& compiled, const std::string& path) const;

    std::string m_setting;
    std::string m_expression;
    std::unique_ptr<const Compiled> m_whole;
    std::unique_ptr<const Compiled> m_end;
};

} // namespace falconer
