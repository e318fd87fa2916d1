// SPDX-License-Identifier: Apache-2.0
// The tests behind "is", and the look-up of filters and tests by name.
#include "core/base/text.h"
#include "core/text/jinja_filters.h"
#include "core/text/jinja_text.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace falconer::jinja {
namespace {

using Test = bool (*)(Runtime&, const Value&, const Arguments&);
struct NamedTest {
    std::string_view name;
    std::size_t arguments;
    Test test;
};

bool isIterable(const Value& value)
{
    return value.isUndefined() || value.isString() || value.isListLike() || value.is(Type::dict)
        || value.is(Type::loop);
}

bool isSequence(const Value& value)
{
    // what has a length and a way to take an index, which even an undefined value has
    return value.isUndefined() || value.isString() || value.is(Type::list) || value.is(Type::tuple)
        || value.is(Type::range) || value.is(Type::dict);
}

bool isCallable(const Value& value)
{
    return value.is(Type::macro) || value.is(Type::function) || value.is(Type::method) || value.is(Type::loop)
        || value.isUndefined();
}

/// Python's islower() and isupper(): at least one cased character, none of the other case.
bool allCase(std::string_view text, bool upper)
{
    bool any = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = unicode::next(text, at);
        const bool isU = isUpper(code), isL = isLower(code);
        if (upper ? isL : isU)
            return false;
        any = any || (upper ? isU : isL);
    }
    return any;
}

std::int64_t remainder(Runtime& runtime, const Value& value, const Value& by)
{
    const Value rest = runtime.binary("%", value, by);
    return rest.isInteger() ? rest.whole() : rest.is(Type::floating) && rest.floating == 0 ? 0 : 2;
}

bool same(Runtime& runtime, const Value& a, const Value& b)
{
    if (a.type != b.type || a.isUndefined()) // every look-up makes another undefined
        return false;
    if (a.is(Type::list) || a.is(Type::dict) || a.is(Type::tuple))
        return a.list == b.list;
    return runtime.equal(a, b);
}

#define FALCONER_JINJA_TEST(condition)                                                                                 \
    [](Runtime& runtime, const Value& value, const Arguments& arguments) -> bool {                                     \
        (void)runtime;                                                                                                 \
        (void)arguments;                                                                                               \
        return condition;                                                                                              \
    }
#define FALCONER_JINJA_OTHER arguments.positional[0]

const auto kEqual = FALCONER_JINJA_TEST(runtime.equal(value, FALCONER_JINJA_OTHER));
const auto kDiffer = FALCONER_JINJA_TEST(!runtime.equal(value, FALCONER_JINJA_OTHER));
const auto kGreater = FALCONER_JINJA_TEST(runtime.less(FALCONER_JINJA_OTHER, value, ">"));
const auto kLess = FALCONER_JINJA_TEST(runtime.less(value, FALCONER_JINJA_OTHER, "<"));
const auto kAtLeast = FALCONER_JINJA_TEST(
    runtime.less(FALCONER_JINJA_OTHER, value, ">=") || runtime.equal(value, FALCONER_JINJA_OTHER));
const auto kAtMost = FALCONER_JINJA_TEST(
    runtime.less(value, FALCONER_JINJA_OTHER, "<=") || runtime.equal(value, FALCONER_JINJA_OTHER));

const std::array<NamedTest, 39> kTests = {{
    {"!=", 1, kDiffer},
    {"<", 1, kLess},
    {"<=", 1, kAtMost},
    {"==", 1, kEqual},
    {">", 1, kGreater},
    {">=", 1, kAtLeast},
    {"boolean", 0, FALCONER_JINJA_TEST(value.is(Type::boolean))},
    {"callable", 0, FALCONER_JINJA_TEST(isCallable(value))},
    {"defined", 0, FALCONER_JINJA_TEST(!value.isUndefined())},
    {"divisibleby", 1, FALCONER_JINJA_TEST(remainder(runtime, value, FALCONER_JINJA_OTHER) == 0)},
    {"eq", 1, kEqual},
    {"equalto", 1, kEqual},
    {"escaped", 0, FALCONER_JINJA_TEST(value.isString() && value.markup)},
    {"even", 0, FALCONER_JINJA_TEST(remainder(runtime, value, Value::of(std::int64_t{2})) == 0)},
    {"false", 0, FALCONER_JINJA_TEST(value.is(Type::boolean) && !value.boolean)},
    {"filter", 0, FALCONER_JINJA_TEST(value.isString() && isFilter(value.text()))},
    {"float", 0, FALCONER_JINJA_TEST(value.is(Type::floating))},
    {"ge", 1, kAtLeast},
    {"greaterthan", 1, kGreater},
    {"gt", 1, kGreater},
    {"in", 1, FALCONER_JINJA_TEST(runtime.contains(FALCONER_JINJA_OTHER, value))},
    {"integer", 0, FALCONER_JINJA_TEST(value.is(Type::integer))},
    {"iterable", 0, FALCONER_JINJA_TEST(isIterable(value))},
    {"le", 1, kAtMost},
    {"lessthan", 1, kLess},
    {"lower", 0, FALCONER_JINJA_TEST(allCase(runtime.text(value), false))},
    {"lt", 1, kLess},
    {"mapping", 0, FALCONER_JINJA_TEST(value.is(Type::dict))},
    {"ne", 1, kDiffer},
    {"none", 0, FALCONER_JINJA_TEST(value.isNone())},
    {"number", 0, FALCONER_JINJA_TEST(value.isNumber())},
    {"odd", 0, FALCONER_JINJA_TEST(remainder(runtime, value, Value::of(std::int64_t{2})) == 1)},
    {"sameas", 1, FALCONER_JINJA_TEST(same(runtime, value, FALCONER_JINJA_OTHER))},
    {"sequence", 0, FALCONER_JINJA_TEST(isSequence(value))},
    {"string", 0, FALCONER_JINJA_TEST(value.isString())},
    {"test", 0, FALCONER_JINJA_TEST(value.isString() && isTest(value.text()))},
    {"true", 0, FALCONER_JINJA_TEST(value.is(Type::boolean) && value.boolean)},
    {"undefined", 0, FALCONER_JINJA_TEST(value.isUndefined())},
    {"upper", 0, FALCONER_JINJA_TEST(allCase(runtime.text(value), true))},
}};

#undef FALCONER_JINJA_TEST
#undef FALCONER_JINJA_OTHER

template <class Entries>
auto findNamed(const Entries& entries, std::string_view name)
{
    const auto found = std::lower_bound(entries.begin(), entries.end(), name,
        [](const auto& entry, std::string_view wanted) { return entry.name < wanted; });
    return found != entries.end() && found->name == name ? &*found : nullptr;
}

std::string unknown(std::string_view kind, std::string_view name, const std::vector<std::string>& names)
{
    const std::string near = nearest(name, names);
    return fmt::format("there is no {} \"{}\"{}", kind, name, near.empty() ? "" : "; did you mean " + near + "?");
}

Filter findFilter(std::string_view name)
{
    const NamedFilter* found = findNamed(textFilters(), name);
    if (!found)
        found = findNamed(listFilters(), name);
    return found ? found->filter : nullptr;
}

} // namespace

bool isFilter(std::string_view name) { return findFilter(name) != nullptr; }
bool isTest(std::string_view name) { return findNamed(kTests, name) != nullptr; }

std::string unknownFilter(std::string_view name)
{
    std::vector<std::string> names;
    for (const auto& filters : {textFilters(), listFilters()})
        for (const NamedFilter& known : filters)
            names.emplace_back(known.name);
    return unknown("filter", name, names);
}

std::string unknownTest(std::string_view name)
{
    std::vector<std::string> names;
    for (const NamedTest& known : kTests)
        names.emplace_back(known.name);
    return unknown("test", name, names);
}

Value Runtime::filter(std::string_view name, const Value& value, const Arguments& arguments)
{
    const Filter found = findFilter(name);
    if (!found)
        fail(unknownFilter(name));
    step(1 + (value.isString() ? value.size / 64 : 0));
    return found(*this, value, arguments);
}

bool Runtime::test(std::string_view name, const Value& value, const Arguments& arguments)
{
    const NamedTest* const found = findNamed(kTests, name);
    if (!found)
        fail(unknownTest(name));
    if (arguments.positional.size() != found->arguments || !arguments.named.empty())
        fail(fmt::format("the test \"{}\" takes {} argument(s)", name, found->arguments));
    return found->test(*this, value, arguments);
}

} // namespace falconer::jinja
