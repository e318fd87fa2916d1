// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace falconer::cli {

/// Adds an option with one value; given twice, the last one counts.
template <class Value>
CLI::Option* addOption(CLI::App& arguments, const std::string& name, Value& value, const std::string& help)
{
    return arguments.add_option(name, value, help)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// Adds --set key=value, which may be repeated.
void addSettings(CLI::App& arguments, std::vector<std::string>& settings);

/// Checks of a value's text whose message says what it must be.
CLI::Validator wholeNumber(std::int64_t minimum);
/// `minimum` itself is allowed unless `above`.
CLI::Validator number(double minimum, double maximum, bool above = false);

} // namespace falconer::cli
