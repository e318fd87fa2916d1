// SPDX-License-Identifier: Apache-2.0
// Methods of strings, lists and dicts.
#include "core/text/jinja_runtime.h"
#include "core/text/jinja_text.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace falconer::jinja {
namespace {

using Method = Value (*)(Runtime&, const Value&, const Arguments&);
struct NamedMethod {
    std::string_view name;
    Method method;
};

std::string_view needText(const Value& value, std::string_view method)
{
    requireDefined(value);
    if (!value.isString())
        fail(fmt::format("{}() needs a string, not '{}'", method, typeName(value)));
    return value.text();
}

std::optional<std::string_view> optionalText(const Parameters& given, std::size_t index, std::string_view method)
{
    if (!given.has(index) || given[index].isNone())
        return std::nullopt;
    return needText(given[index], method);
}

/// What is put into a string that went through |safe is escaped.
std::string inserted(const Value& self, const Value& other, std::string_view method)
{
    const std::string_view text = needText(other, method);
    return self.markup && !other.markup ? escapeHtml(text) : std::string(text);
}

Value strip(Runtime& runtime, const Value& self, const Arguments& arguments, bool left, bool right)
{
    const Parameters given("strip", arguments, {"chars"});
    const auto characters = optionalText(given, 0, "strip");
    runtime.step(characters ? self.size * characters->size() / 64 : 0);
    return Value::of(stripText(self.text(), left, right, characters), self.markup);
}

Value split(Runtime& runtime, const Value& self, const Arguments& arguments, bool fromRight)
{
    const Parameters given("split", arguments, {"sep", "maxsplit"});
    const auto separator = optionalText(given, 0, "split");
    if (separator && separator->empty())
        fail("empty separator");
    std::vector<Value> parts;
    for (const std::string_view part : splitText(self.text(), separator, given.whole(1, -1), fromRight)) {
        runtime.heap().charge(sizeof(Value));
        parts.push_back(Value::of(part, self.markup));
    }
    return runtime.list(std::move(parts));
}

Value partition(Runtime& runtime, const Value& self, const Arguments& arguments, bool fromRight)
{
    const Parameters given("partition", arguments, {"sep"}, 1);
    const std::string_view text = self.text(), separator = needText(given[0], "partition");
    if (separator.empty())
        fail("empty separator");
    const std::size_t at = fromRight ? text.rfind(separator) : text.find(separator);
    const auto part = [&](std::string_view piece) { return Value::of(piece, self.markup); };
    if (at != std::string_view::npos)
        return runtime.list(
            {part(text.substr(0, at)), part(separator), part(text.substr(at + separator.size()))}, Type::tuple);
    return fromRight ? runtime.list({part({}), part({}), part(text)}, Type::tuple)
                     : runtime.list({part(text), part({}), part({})}, Type::tuple);
}

/// The part of `self` between the optional positions `index` and the one behind it; `start` becomes its first byte.
/// Nothing when it begins behind the end.
std::optional<std::string_view> part(const Value& self, const Parameters& given, std::size_t index, std::size_t& start)
{
    const std::int64_t size = textLength(self.text());
    const auto bound = [&](std::size_t which, std::int64_t fallback) {
        if (!given.has(which) || given[which].isNone())
            return fallback;
        const std::int64_t value = given.whole(which, fallback);
        return value < 0 ? std::max<std::int64_t>(0, value + size) : value;
    };
    const std::int64_t from = bound(index, 0), to = std::min(bound(index + 1, size), size);
    if (from > size || from > to)
        return std::nullopt;
    start = byteOffset(self.text(), from);
    return self.text().substr(start, byteOffset(self.text().substr(start), to - from));
}

Value affix(Runtime& runtime, const Value& self, const Arguments& arguments, bool atEnd)
{
    const std::string_view method = atEnd ? "endswith" : "startswith";
    const Parameters given(method, arguments, {"prefix", "start", "end"}, 1);
    std::size_t start = 0;
    const auto text = part(self, given, 1, start);
    const auto matches = [&](const Value& wanted) {
        const std::string_view piece = needText(wanted, method);
        return text && (atEnd ? text->ends_with(piece) : text->starts_with(piece));
    };
    if (!given[0].is(Type::tuple))
        return Value::of(matches(given[0]));
    (void)runtime;
    return Value::of(std::any_of(given[0].list->items.begin(), given[0].list->items.end(), matches));
}

Value find(Runtime& runtime, const Value& self, const Arguments& arguments, bool fromRight, bool must)
{
    const Parameters given("find", arguments, {"sub", "start", "end"}, 1);
    std::size_t start = 0;
    const auto text = part(self, given, 1, start);
    const std::string_view wanted = needText(given[0], "find");
    runtime.step(self.size / 64);
    const std::size_t at = !text ? std::string_view::npos : fromRight ? text->rfind(wanted) : text->find(wanted);
    if (at == std::string_view::npos && must)
        fail("substring not found");
    return Value::of(at == std::string_view::npos ? std::int64_t{-1} : textLength(self.text().substr(0, start + at)));
}

Value count(Runtime& runtime, const Value& self, const Arguments& arguments)
{
    const Parameters given("count", arguments, {"sub", "start", "end"}, 1);
    std::size_t start = 0;
    const auto text = part(self, given, 1, start);
    runtime.step(self.size / 64);
    return Value::of(text ? static_cast<std::int64_t>(countText(*text, needText(given[0], "count"))) : std::int64_t{0});
}

Value replace(Runtime& runtime, const Value& self, const Arguments& arguments)
{
    const Parameters given("replace", arguments, {"old", "new", "count"}, 2);
    return runtime.string(replaceText(self.text(), needText(given[0], "replace"), inserted(self, given[1], "replace"),
                              given.whole(2, -1), [&](std::size_t bytes) { runtime.heap().charge(bytes); }),
        self.markup);
}

Value join(Runtime& runtime, const Value& self, const Arguments& arguments)
{
    const Parameters given("join", arguments, {"iterable"}, 1);
    std::string out;
    std::size_t index = 0;
    for (const Value& element : runtime.elements(given[0])) {
        if (!element.isString() && !self.markup)
            fail(fmt::format("sequence item {}: expected str instance, {} found", index, typeName(element)));
        if (index++ > 0)
            out += self.text();
        const std::string piece = inserted(self, runtime.softText(element), "join");
        runtime.heap().charge(piece.size() + self.size);
        out += piece;
    }
    return runtime.string(std::move(out), self.markup);
}

/// ljust, rjust and center: `left` and `right` say on which sides blanks come.
Value justify(Runtime& runtime, const Value& self, const Arguments& arguments, bool left, bool right)
{
    const Parameters given("justify", arguments, {"width", "fillchar"}, 1);
    const std::string fill = given.has(1) ? std::string(needText(given[1], "justify")) : " ";
    if (textLength(fill) != 1)
        fail("The fill character must be exactly one character long");
    const std::int64_t size = textLength(self.text()), width = given.whole(0, 0);
    if (width <= size)
        return self;
    const std::int64_t missing = width - size;
    runtime.heap().charge(static_cast<std::size_t>(missing));
    runtime.heap().charge(static_cast<std::size_t>(missing) * (fill.size() - 1));
    // As CPython does it: of an odd number the left side gets the greater part where the width is odd.
    const std::int64_t before = left && right ? missing / 2 + (missing & width & 1) : left ? missing : 0;
    std::string out;
    for (std::int64_t i = 0; i < before; ++i)
        out += fill;
    out += self.text();
    for (std::int64_t i = before; i < missing; ++i)
        out += fill;
    return runtime.string(std::move(out), self.markup);
}

Value zeroFill(Runtime& runtime, const Value& self, const Arguments& arguments)
{
    const Parameters given("zfill", arguments, {"width"}, 1);
    const std::int64_t missing = given.whole(0, 0) - textLength(self.text());
    if (missing <= 0)
        return self;
    runtime.heap().charge(static_cast<std::size_t>(missing));
    const bool sign = self.text().starts_with('+') || self.text().starts_with('-');
    return runtime.string(std::string(self.text().substr(0, sign ? 1 : 0))
            + std::string(static_cast<std::size_t>(missing), '0') + std::string(self.text().substr(sign ? 1 : 0)),
        self.markup);
}

Value splitLinesOf(Runtime& runtime, const Value& self, const Arguments& arguments)
{
    const Parameters given("splitlines", arguments, {"keepends"});
    std::vector<Value> lines;
    for (const std::string_view line : splitLines(self.text(), given.flag(0, false))) {
        runtime.heap().charge(sizeof(Value));
        lines.push_back(Value::of(line, self.markup));
    }
    return runtime.list(std::move(lines));
}

Value removeAffix(Runtime&, const Value& self, const Arguments& arguments, bool atEnd)
{
    const Parameters given(atEnd ? "removesuffix" : "removeprefix", arguments, {"affix"}, 1);
    std::string_view text = self.text();
    const std::string_view affix = needText(given[0], "removeprefix");
    if (atEnd && text.ends_with(affix))
        text.remove_suffix(affix.size());
    else if (!atEnd && text.starts_with(affix))
        text.remove_prefix(affix.size());
    return Value::of(text, self.markup);
}

/// isalpha() and its like: at least one character, and all of the kind.
template <class Kind>
Value all(const Value& self, const Arguments& arguments, const Kind& kind)
{
    const Parameters none("is…", arguments, {});
    const std::string_view text = self.text();
    for (std::size_t at = 0; at < text.size();)
        if (!kind(unicode::next(text, at)))
            return Value::of(false);
    return Value::of(!text.empty());
}

template <class Change>
Value changed(Runtime& runtime, const Value& self, const Arguments& arguments, const Change& change)
{
    const Parameters none("the method", arguments, {});
    return runtime.string(change(self.text()), self.markup);
}

#define FALCONER_JINJA_METHOD(expression)                                                                              \
    [](Runtime& runtime, const Value& self, const Arguments& arguments) -> Value {                                     \
        return (void)runtime, (void)arguments, expression;                                                             \
    }

constexpr unicode::Mask kDigit = unicode::mask(unicode::Bit::Nd);

const std::array<NamedMethod, 43> kStringMethods = {{
    {"capitalize", FALCONER_JINJA_METHOD(changed(runtime, self, arguments, capitalizeText))},
    {"center", FALCONER_JINJA_METHOD(justify(runtime, self, arguments, true, true))},
    {"count", count},
    {"endswith", FALCONER_JINJA_METHOD(affix(runtime, self, arguments, true))},
    {"find", FALCONER_JINJA_METHOD(find(runtime, self, arguments, false, false))},
    {"format",
        FALCONER_JINJA_METHOD(runtime.string(formatBraces(runtime, self.text(), arguments, self.markup), self.markup))},
    {"index", FALCONER_JINJA_METHOD(find(runtime, self, arguments, false, true))},
    {"isalnum",
        FALCONER_JINJA_METHOD(
            all(self, arguments, [](char32_t c) { return unicode::is(c, unicode::kLetter | unicode::kNumber); }))},
    {"isalpha",
        FALCONER_JINJA_METHOD(all(self, arguments, [](char32_t c) { return unicode::is(c, unicode::kLetter); }))},
    {"isascii",
        FALCONER_JINJA_METHOD(Value::of(std::all_of(
            self.text().begin(), self.text().end(), [](char c) { return static_cast<signed char>(c) >= 0; })))},
    {"isdecimal", FALCONER_JINJA_METHOD(all(self, arguments, [](char32_t c) { return unicode::is(c, kDigit); }))},
    {"isdigit", FALCONER_JINJA_METHOD(all(self, arguments, [](char32_t c) { return unicode::is(c, kDigit); }))},
    {"islower", FALCONER_JINJA_METHOD(Value::of(runtime.test("lower", self, arguments)))},
    {"isnumeric",
        FALCONER_JINJA_METHOD(all(self, arguments, [](char32_t c) { return unicode::is(c, unicode::kNumber); }))},
    {"isspace", FALCONER_JINJA_METHOD(all(self, arguments, isSpace))},
    {"isupper", FALCONER_JINJA_METHOD(Value::of(runtime.test("upper", self, arguments)))},
    {"join", join},
    {"ljust", FALCONER_JINJA_METHOD(justify(runtime, self, arguments, false, true))},
    {"lower", FALCONER_JINJA_METHOD(changed(runtime, self, arguments, lowerText))},
    {"lstrip", FALCONER_JINJA_METHOD(strip(runtime, self, arguments, true, false))},
    {"partition", FALCONER_JINJA_METHOD(partition(runtime, self, arguments, false))},
    {"removeprefix", FALCONER_JINJA_METHOD(removeAffix(runtime, self, arguments, false))},
    {"removesuffix", FALCONER_JINJA_METHOD(removeAffix(runtime, self, arguments, true))},
    {"replace", replace},
    {"rfind", FALCONER_JINJA_METHOD(find(runtime, self, arguments, true, false))},
    {"rindex", FALCONER_JINJA_METHOD(find(runtime, self, arguments, true, true))},
    {"rjust", FALCONER_JINJA_METHOD(justify(runtime, self, arguments, true, false))},
    {"rpartition", FALCONER_JINJA_METHOD(partition(runtime, self, arguments, true))},
    {"rsplit", FALCONER_JINJA_METHOD(split(runtime, self, arguments, true))},
    {"rstrip", FALCONER_JINJA_METHOD(strip(runtime, self, arguments, false, true))},
    {"split", FALCONER_JINJA_METHOD(split(runtime, self, arguments, false))},
    {"splitlines", splitLinesOf},
    {"startswith", FALCONER_JINJA_METHOD(affix(runtime, self, arguments, false))},
    {"strip", FALCONER_JINJA_METHOD(strip(runtime, self, arguments, true, true))},
    {"swapcase", FALCONER_JINJA_METHOD(changed(runtime, self, arguments, swapcaseText))},
    {"title", FALCONER_JINJA_METHOD(changed(runtime, self, arguments, titleText))},
    {"upper", FALCONER_JINJA_METHOD(changed(runtime, self, arguments, upperText))},
    {"zfill", zeroFill},
    // Python's, which a template is told about instead of getting another answer than there:
    {"casefold", nullptr},
    {"encode", nullptr},
    {"expandtabs", nullptr},
    {"format_map", nullptr},
    {"translate", nullptr},
}};

#undef FALCONER_JINJA_METHOD

Value get(Runtime& runtime, const Value& self, const Arguments& arguments)
{
    const Parameters given("get", arguments, {"key", "default"}, 1);
    if (!isHashable(given[0]))
        fail(fmt::format("unhashable type: '{}'", typeName(given[0])));
    const Value* const found = runtime.findKey(*self.dict, given[0]);
    return found ? *found : given.get(1, Value::none());
}

Value view(Runtime& runtime, const Value& self, const Arguments& arguments, std::string_view name)
{
    const Parameters none(name, arguments, {});
    std::vector<Value> elements;
    for (const auto& [key, value] : self.dict->items)
        elements.push_back(name == "keys" ? key : name == "values" ? value : runtime.list({key, value}, Type::tuple));
    return runtime.heap().list(std::move(elements), Type::view,
        name == "keys"         ? "dict_keys"
            : name == "values" ? "dict_values"
                               : "dict_items");
}

} // namespace

bool isMethod(const Value& value, std::string_view name, bool& changes)
{
    const auto among = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    changes = false;
    switch (value.type) {
    case Type::string:
        return std::any_of(kStringMethods.begin(), kStringMethods.end(), [&](const auto& m) { return m.name == name; });
    case Type::dict:
        changes = among({"clear", "pop", "popitem", "setdefault", "update"});
        return changes || among({"copy", "get", "items", "keys", "values"});
    case Type::list:
        changes = among({"append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"});
        return changes || among({"copy", "count", "index"});
    case Type::tuple:
    case Type::range: return among({"count", "index"});
    default: return false;
    }
}

Value callStringMethod(Runtime& runtime, const Value& self, std::string_view name, const Arguments& arguments)
{
    const auto found = std::find_if(
        kStringMethods.begin(), kStringMethods.end(), [&](const NamedMethod& method) { return method.name == name; });
    if (found == kStringMethods.end() || !found->method)
        fail(fmt::format("the string method {}() is not supported in templates", name));
    runtime.step(1 + self.size / 64);
    return found->method(runtime, self, arguments);
}

Value callContainerMethod(Runtime& runtime, const Value& self, std::string_view name, const Arguments& arguments)
{
    if (name == "get")
        return get(runtime, self, arguments);
    if (name == "keys" || name == "values" || name == "items")
        return view(runtime, self, arguments, name);
    if (name == "copy") {
        const Parameters none("copy", arguments, {});
        return self.is(Type::dict) ? runtime.heap().dict(self.dict->items) : runtime.list(self.list->items);
    }
    const Parameters given(name, arguments, {"value"}, 1);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < self.list->items.size(); ++i) {
        if (!runtime.equal(self.list->items[i], given[0]))
            continue;
        if (name == "index")
            return Value::of(static_cast<std::int64_t>(i));
        ++count;
    }
    if (name == "index")
        fail("the value is not in the list");
    return Value::of(count);
}

} // namespace falconer::jinja
