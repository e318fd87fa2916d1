// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/options.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace falconer::cli {
namespace {

template <class Value>
bool parse(const std::string& text, Value& value)
{
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    return result.ec == std::errc() && result.ptr == end;
}

CLI::Validator validator(std::string placeholder, std::function<std::string(std::string&)> check)
{
    return CLI::Validator(std::move(check), std::move(placeholder));
}

} // namespace

void addSettings(CLI::App& arguments, std::vector<std::string>& settings)
{
    // One value for each --set, so that a file name after it is not swallowed.
    arguments.add_option("--set", settings, "One key of the recipe, such as lora.rank=8; may be repeated")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
}

CLI::Validator wholeNumber(std::int64_t minimum)
{
    return validator({}, [minimum](const std::string& text) {
        std::int64_t value = 0;
        if (parse(text, value) && value >= minimum)
            return std::string();
        return fmt::format("must be a whole number of at least {}, not '{}'", minimum, text);
    });
}

CLI::Validator number(double minimum, double maximum, bool above)
{
    return validator({}, [=](const std::string& text) {
        double value = 0;
        if (parse(text, value) && (above ? value > minimum : value >= minimum) && value <= maximum)
            return std::string();
        std::string must = fmt::format("must be a number {} {}", above ? "above" : "of at least", minimum);
        if (maximum < std::numeric_limits<double>::max())
            must += fmt::format(" and at most {}", maximum);
        return fmt::format("{}, not '{}'", must, text);
    });
}

} // namespace falconer::cli
