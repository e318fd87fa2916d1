// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_filters.h"
#include "core/text/jinja_text.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace falconer::jinja {
namespace {

Value withText(Runtime& runtime, const Value& source, std::string text)
{
    return runtime.string(std::move(text), source.markup);
}

Value upper(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("upper", arguments, {});
    const Value soft = runtime.softText(value);
    return withText(runtime, soft, upperText(soft.text()));
}

Value lower(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("lower", arguments, {});
    const Value soft = runtime.softText(value);
    return withText(runtime, soft, lowerText(soft.text()));
}

Value capitalize(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("capitalize", arguments, {});
    const Value soft = runtime.softText(value);
    return withText(runtime, soft, capitalizeText(soft.text()));
}

Value title(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("title", arguments, {});
    const std::string source = runtime.text(value);
    const auto separates = [](char32_t code) {
        return isSpace(code) || code == '-' || code == '(' || code == '{' || code == '[' || code == '<';
    };
    // Each word between separators: the first character upper, the others lower.
    std::string out;
    for (std::size_t at = 0; at < source.size();) {
        const std::size_t begin = at;
        const char32_t first = unicode::next(source, at);
        if (separates(first)) {
            unicode::append(out, first);
            continue;
        }
        const std::size_t rest = at;
        while (at < source.size()) {
            std::size_t after = at;
            if (separates(unicode::next(source, after)))
                break;
            at = after;
        }
        out += upperText(std::string_view(source).substr(begin, rest - begin));
        out += lowerText(std::string_view(source).substr(rest, at - rest));
    }
    return runtime.string(std::move(out));
}

Value trim(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("trim", arguments, {"chars"});
    const Value soft = runtime.softText(value);
    std::optional<std::string_view> characters;
    if (given.has(0) && !given[0].isNone()) {
        if (!given[0].isString())
            fail(fmt::format("strip arg must be None or str, not {}", typeName(given[0])));
        characters = given[0].text();
        runtime.step(soft.size * characters->size() / 64);
    }
    return Value::of(stripText(soft.text(), true, true, characters), soft.markup);
}

Value string(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("string", arguments, {});
    return runtime.softText(value);
}

Value safe(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("safe", arguments, {});
    Value text = runtime.softText(value);
    text.markup = true;
    return text;
}

Value escape(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("escape", arguments, {});
    const Value soft = runtime.softText(value);
    return soft.markup ? soft : runtime.string(escapeHtml(soft.text()), true);
}

Value forceEscape(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("forceescape", arguments, {});
    return runtime.string(escapeHtml(runtime.text(value)), true);
}

Value replace(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("replace", arguments, {"old", "new", "count"}, 2);
    const std::int64_t count = given.has(2) && !given[2].isNone() ? given.whole(2, -1) : -1;
    const std::string text = runtime.text(value);
    runtime.step(text.size() / 64);
    return runtime.string(replaceText(text, runtime.text(given[0]), runtime.text(given[1]), count,
        [&](std::size_t bytes) { runtime.heap().charge(bytes); }));
}

Value indent(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("indent", arguments, {"width", "first", "blank"});
    requireDefined(value);
    if (!value.isString())
        fail(fmt::format("indent needs text, not '{}'", typeName(value)));
    std::string blanks;
    if (given.has(0) && given[0].isString()) {
        blanks = std::string(given[0].text());
    } else {
        const std::int64_t width = std::max<std::int64_t>(0, given.whole(0, 4));
        runtime.heap().charge(static_cast<std::size_t>(width));
        blanks = std::string(static_cast<std::size_t>(width), ' ');
    }
    const std::string text = std::string(value.text()) + "\n"; // as Jinja does, so that an empty text has a line
    const bool blank = given.flag(2, false);
    std::string out = given.flag(1, false) ? blanks : std::string();
    bool first = true;
    for (const std::string_view line : splitLines(text, false)) {
        runtime.heap().charge(blanks.size() + line.size());
        if (!first)
            out += (blank || !line.empty()) ? "\n" + blanks : "\n";
        out += line;
        first = false;
    }
    return withText(runtime, value, std::move(out));
}

Value center(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("center", arguments, {"width"});
    return callStringMethod(runtime, runtime.softText(value), "center", {{Value::of(given.whole(0, 80))}, {}});
}

Value truncate(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("truncate", arguments, {"length", "killwords", "end", "leeway"});
    const std::string end = given.has(2) ? runtime.text(given[2]) : "...";
    const std::int64_t length = given.whole(0, 255);
    const std::int64_t leeway = given.has(3) && !given[3].isNone() ? given.whole(3, 5) : 5;
    if (length < textLength(end) || leeway < 0)
        fail("truncate needs a length of at least its end's, and no negative leeway");
    const auto size = runtime.length(value);
    if (size && (*size <= length || *size - length <= leeway))
        return value; // whatever has a length
    if (!value.isString())
        fail(fmt::format("truncate needs text, not '{}'", typeName(value)));
    const std::string_view text = value.text();
    std::string_view cut = text.substr(0, byteOffset(text, length - textLength(end)));
    if (!given.flag(1, false))
        cut = splitText(cut, " ", 1, true).front();
    return withText(runtime, value, std::string(cut) + end);
}

Value wordCount(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("wordcount", arguments, {});
    std::int64_t words = 0;
    bool inside = false;
    const std::string text = runtime.text(value);
    for (std::size_t at = 0; at < text.size();) {
        const bool word = unicode::is(unicode::next(text, at), unicode::kWord);
        words += word && !inside;
        inside = word;
    }
    return Value::of(words);
}

Value format(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    if (!arguments.positional.empty() && !arguments.named.empty())
        fail("format takes positional or named arguments, not both");
    const Value soft = runtime.softText(value);
    Value values;
    if (arguments.named.empty()) {
        values = runtime.list(arguments.positional, Type::tuple);
    } else {
        std::vector<std::pair<Value, Value>> items;
        for (const auto& [name, item] : arguments.named)
            items.emplace_back(Value::of(name), item);
        values = runtime.heap().dict(std::move(items));
    }
    return withText(runtime, soft, formatPercent(runtime, soft.text(), values, soft.markup));
}

/// float(text): blanks around, underscores between digits, inf and nan.
std::optional<double> parseReal(std::string_view text)
{
    text = stripText(text, true, true);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool between = i > 0 && i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i - 1]))
            && std::isdigit(static_cast<unsigned char>(text[i + 1]));
        if (text[i] != '_' || !between)
            plain.push_back(text[i]);
    }
    std::string_view digits = plain;
    if (digits.starts_with('+') && !digits.starts_with("+-"))
        digits.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || end != digits.data() + digits.size() || digits.find('(') != std::string_view::npos)
        return std::nullopt;
    if (error == std::errc::result_out_of_range) // from_chars leaves the number alone
        return digits.find("e-") != std::string_view::npos || digits.find("E-") != std::string_view::npos ? 0.0
                                                                                                          : HUGE_VAL;
    return error == std::errc() ? std::optional<double>(number) : std::nullopt;
}

std::optional<std::int64_t> parseWhole(std::string_view text, std::int64_t base)
{
    if (base != 0 && (base < 2 || base > 36))
        return std::nullopt;
    text = stripText(text, true, true);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    for (const auto& [mark, of] : {std::pair{'x', 16}, std::pair{'o', 8}, std::pair{'b', 2}}) {
        if (text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == mark && (base == of || base == 0)) {
            text.remove_prefix(2);
            base = of;
        }
    }
    std::string digits = negative ? "-" : "";
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '_' || i == 0 || i + 1 == text.size() || text[i - 1] == '_')
            digits.push_back(text[i]);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(
        digits.data(), digits.data() + digits.size(), number, base == 0 ? 10 : static_cast<int>(base));
    if (error == std::errc::result_out_of_range)
        fail(fmt::format("\"{}\" is larger than 64 bits hold", text));
    return error == std::errc() && end == digits.data() + digits.size() && !text.empty() && text.front() != '-'
        ? std::optional<std::int64_t>(number)
        : std::nullopt;
}

std::optional<std::int64_t> truncateReal(double value)
{
    if (std::isnan(value) || std::isinf(value))
        return std::nullopt;
    if (std::abs(value) >= 9.2e18)
        fail("the number is larger than 64 bits hold");
    return static_cast<std::int64_t>(value);
}

Value toInt(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("int", arguments, {"default", "base"});
    (void)runtime;
    requireDefined(value);
    std::optional<std::int64_t> number;
    if (value.isInteger()) {
        number = value.whole();
    } else if (value.is(Type::floating)) {
        if (std::isinf(value.floating))
            fail("cannot convert float infinity to integer");
        number = truncateReal(value.floating);
    } else if (value.isString()) {
        number = parseWhole(value.text(), given.whole(1, 10));
        if (const auto real = number ? std::nullopt : parseReal(value.text()))
            number = truncateReal(*real);
    }
    return number ? Value::of(*number) : given.get(0, Value::of(std::int64_t{0}));
}

Value toFloat(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("float", arguments, {"default"});
    (void)runtime;
    requireDefined(value);
    if (value.isNumber())
        return Value::of(value.real());
    const auto number = value.isString() ? parseReal(value.text()) : std::nullopt;
    return number ? Value::of(*number) : given.get(0, Value::of(0.0));
}

Value absolute(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters none("abs", arguments, {});
    requireDefined(value);
    if (!value.isNumber())
        fail(fmt::format("bad operand type for abs(): '{}'", typeName(value)));
    if (!value.isInteger())
        return Value::of(std::abs(value.floating));
    return value.whole() < 0 ? runtime.binary("-", Value::of(std::int64_t{0}), value) : Value::of(value.whole());
}

Value round(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    const Parameters given("round", arguments, {"precision", "method"});
    const std::int64_t precision = given.whole(0, 0);
    const std::string method = given.has(1) ? runtime.text(given[1]) : "common";
    if (method != "common" && method != "ceil" && method != "floor")
        fail("method must be common, ceil or floor");
    requireDefined(value);
    if (!value.isNumber())
        fail(fmt::format("type {} doesn't define __round__ method", typeName(value)));
    if (precision < 0 || precision > 300)
        fail("round takes a precision from 0 to 300");
    if (method == "common") {
        if (value.isInteger())
            return Value::of(value.whole());
        if (!std::isfinite(value.floating))
            return value;
        // Printing rounds the exact value of the number, half to even, which is what Python's round() does.
        const std::string digits = fmt::format("{:.{}f}", value.floating, precision);
        double rounded = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), rounded);
        return Value::of(rounded);
    }
    const double scale = std::pow(10.0, static_cast<double>(precision));
    const double scaled = value.real() * scale;
    return Value::of((method == "ceil" ? std::ceil(scaled) : std::floor(scaled)) / scale);
}

Value byDefault(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    (void)runtime;
    const Parameters given("default", arguments, {"default_value", "boolean"});
    if (value.isUndefined() || (given.flag(1, false) && !isTrue(value)))
        return given.get(0, Value::of(std::string_view()));
    return value;
}

constexpr std::array<NamedFilter, 23> kFilters = {{{"abs", absolute}, {"capitalize", capitalize}, {"center", center},
    {"d", byDefault}, {"default", byDefault}, {"e", escape}, {"escape", escape}, {"float", toFloat},
    {"forceescape", forceEscape}, {"format", format}, {"indent", indent}, {"int", toInt}, {"lower", lower},
    {"replace", replace}, {"round", round}, {"safe", safe}, {"string", string}, {"title", title}, {"tojson", toJson},
    {"trim", trim}, {"truncate", truncate}, {"upper", upper}, {"wordcount", wordCount}}};

} // namespace

std::span<const NamedFilter> textFilters() { return kFilters; }

} // namespace falconer::jinja
