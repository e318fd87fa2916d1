// SPDX-License-Identifier: Apache-2.0
// The functions that every template has.
#include "core/text/jinja_runtime.h"
#include "core/text/jinja_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <ctime>

namespace falconer::jinja {
namespace {

constexpr std::int64_t kMaxRange = 100'000; // Jinja's sandbox has the same

/// The month and day names are English whatever the program's locale is, as they are in Python.
locale_t plainLocale()
{
    static const locale_t kLocale = newlocale(LC_ALL_MASK, "C", static_cast<locale_t>(nullptr));
    return kLocale;
}

/// The items of dict(…) and namespace(…): those of a mapping or of pairs, then the named ones.
std::vector<std::pair<Value, Value>> collect(Runtime& runtime, const Arguments& arguments, std::string_view function)
{
    if (arguments.positional.size() > 1)
        fail(fmt::format("{} expected at most 1 argument, got {}", function, arguments.positional.size()));
    std::vector<std::pair<Value, Value>> items;
    for (const Value& source : arguments.positional) {
        requireDefined(source);
        if (source.is(Type::dict)) {
            items = source.dict->items;
            continue;
        }
        for (const Value& pair : runtime.elements(source)) {
            const auto parts = runtime.elements(pair);
            if (parts.size() != 2)
                fail("a dictionary is made of pairs");
            runtime.setKey(items, parts[0], parts[1]);
        }
    }
    for (const auto& [name, value] : arguments.named)
        runtime.setKey(items, Value::of(name), value);
    return items;
}

Value dict(Runtime& runtime, const Arguments& arguments)
{
    return runtime.heap().dict(collect(runtime, arguments, "dict"));
}

Value space(Runtime& runtime, const Arguments& arguments)
{
    auto items = collect(runtime, arguments, "namespace");
    for (const auto& [name, value] : items)
        if (name.isString() && name.text().starts_with('_'))
            fail(fmt::format("a namespace has no attributes that begin with an underscore: {}", name.text()));
    return runtime.heap().dict(std::move(items), Type::space);
}

Value range(Runtime& runtime, const Arguments& arguments)
{
    if (arguments.positional.empty() || arguments.positional.size() > 3 || !arguments.named.empty())
        fail("range takes one to three whole numbers");
    for (const Value& value : arguments.positional) {
        requireDefined(value);
        if (!value.isInteger())
            fail(fmt::format("'{}' object cannot be interpreted as an integer", typeName(value)));
    }
    const bool single = arguments.positional.size() == 1;
    const std::int64_t start = single ? 0 : arguments.positional[0].whole();
    const std::int64_t stop = arguments.positional[single ? 0 : 1].whole();
    const std::int64_t step = arguments.positional.size() == 3 ? arguments.positional[2].whole() : 1;
    if (step == 0)
        fail("range() arg 3 must not be zero");
    const long double distance
        = step > 0 ? static_cast<long double>(stop) - start : static_cast<long double>(start) - stop;
    const long double stride = step > 0 ? static_cast<long double>(step) : -static_cast<long double>(step);
    if (distance / stride > kMaxRange)
        throw Problem{
            fmt::format("Range too big. The sandbox blocks ranges larger than MAX_RANGE ({}).", kMaxRange), true};
    std::vector<Value> items;
    std::int64_t value = start;
    while (step > 0 ? value < stop : value > stop) {
        items.push_back(Value::of(value));
        if (__builtin_add_overflow(value, step, &value))
            break;
    }
    runtime.step(items.size() / 8);
    const Value made = runtime.list(std::move(items), Type::range);
    made.list->start = start;
    made.list->stop = stop;
    made.list->step = step;
    return made;
}

Value raiseException(Runtime& runtime, const Arguments& arguments)
{
    const Parameters given("raise_exception", arguments, {"message"}, 1);
    fail(runtime.text(given[0]));
}

Value strftimeNow(Runtime& runtime, const Arguments& arguments)
{
    const Parameters given("strftime_now", arguments, {"format"}, 1);
    requireDefined(given[0]);
    if (!given[0].isString())
        fail("strftime_now needs a string");
    const std::string_view wanted = given[0].text();
    std::tm time{};
    if (runtime.now()) {
        time = *runtime.now();
    } else {
        const std::time_t now = std::time(nullptr);
        localtime_r(&now, &time);
    }
    // One directive at a time, each of bounded length.
    std::string out;
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        if (wanted[at] != '%' || at + 1 == wanted.size()) {
            out.push_back(wanted[at]);
            continue;
        }
        std::string directive{'%', wanted[++at]};
        if (directive[1] == '-' && at + 1 < wanted.size()) // without leading zeros, as the C library has it
            directive += wanted[++at];
        if (std::string_view("aAbBcdHIjmMpSUwWxXyYGuVDeFhkClnrRsTtP%").find(directive.back()) == std::string_view::npos)
            fail(fmt::format("strftime_now does not know %{}", directive.back()));
        runtime.heap().charge(16);
        std::array<char, 128> buffer{};
        out.append(buffer.data(), strftime_l(buffer.data(), buffer.size(), directive.c_str(), &time, plainLocale()));
    }
    return runtime.string(std::move(out));
}

} // namespace

Value globalFunction(std::string_view name)
{
    if (name == "namespace")
        return Value::of(space);
    if (name == "raise_exception")
        return Value::of(raiseException);
    if (name == "range")
        return Value::of(range);
    if (name == "dict")
        return Value::of(dict);
    if (name == "strftime_now")
        return Value::of(strftimeNow);
    return {};
}

} // namespace falconer::jinja
