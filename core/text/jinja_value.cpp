// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace falconer::jinja {
namespace {

// Deep enough for any data; keeps what walks a value inside the stack.
constexpr int kMaxDepth = 100;

int depthOf(const Value& value)
{
    if (value.isListLike())
        return value.list->depth;
    return value.is(Type::dict) ? value.dict->depth : 0;
}

int checkedDepth(int depth)
{
    if (depth > kMaxDepth)
        throw Problem{"lists are nested too deep", true};
    return depth;
}

} // namespace

void fail(std::string message) { throw Problem{std::move(message), false}; }

Value Value::none()
{
    Value value;
    value.type = Type::none;
    return value;
}

Value Value::of(bool boolean)
{
    Value value;
    value.type = Type::boolean;
    value.boolean = boolean;
    return value;
}

Value Value::of(std::int64_t integer)
{
    Value value;
    value.type = Type::integer;
    value.integer = integer;
    return value;
}

Value Value::of(double floating)
{
    Value value;
    value.type = Type::floating;
    value.floating = floating;
    return value;
}

Value Value::of(std::string_view text, bool markup)
{
    Value value;
    value.type = Type::string;
    value.markup = markup;
    value.characters = text.data();
    value.size = text.size();
    return value;
}

Value Value::of(Function function)
{
    Value value;
    value.type = Type::function;
    value.function = function;
    return value;
}

bool LoopObject::reach(std::size_t at)
{
    while (!exhausted && taken.size() <= at) {
        Value value;
        exhausted = !pull(value);
        if (!exhausted)
            taken.push_back(value);
    }
    return at < taken.size();
}

void Heap::charge(std::size_t bytes)
{
    if (bytes > static_cast<std::size_t>(m_left))
        throw Problem{"the template makes more text and lists than any conversation needs", true};
    m_left -= static_cast<std::int64_t>(bytes);
}

Value Heap::string(std::string text, bool markup)
{
    charge(text.size() + 64);
    return Value::of(std::string_view(m_strings.emplace_back(std::move(text))), markup);
}

Value Heap::list(std::vector<Value> items, Type type, std::string_view label)
{
    charge(items.size() * sizeof(Value) + sizeof(ListObject));
    ListObject object;
    for (const Value& item : items)
        object.depth = std::max(object.depth, depthOf(item) + 1);
    checkedDepth(object.depth);
    object.items = std::move(items);
    object.label = label;
    Value value;
    value.type = type;
    value.list = keep(std::move(object));
    return value;
}

Value Heap::dict(std::vector<std::pair<Value, Value>> items, Type type)
{
    charge(items.size() * 2 * sizeof(Value) + sizeof(DictObject));
    DictObject object;
    for (const auto& [key, item] : items)
        object.depth = std::max({object.depth, depthOf(key) + 1, depthOf(item) + 1});
    checkedDepth(object.depth);
    object.items = std::move(items);
    Value value;
    value.type = type;
    value.dict = keep(std::move(object));
    return value;
}

std::string_view typeName(const Value& value)
{
    switch (value.type) {
    case Type::undefined: return "Undefined";
    case Type::none: return "NoneType";
    case Type::boolean: return "bool";
    case Type::integer: return "int";
    case Type::floating: return "float";
    case Type::string: return value.markup ? "Markup" : "str";
    case Type::list: return "list";
    case Type::tuple: return "tuple";
    case Type::range: return "range";
    case Type::view: return value.list->label;
    case Type::generator: return "generator";
    case Type::dict: return "dict";
    case Type::space: return "Namespace";
    case Type::macro: return "Macro";
    case Type::function: return "function";
    case Type::method: return "builtin_function_or_method";
    case Type::loop: return "LoopContext";
    }
    return {};
}

bool isTrue(const Value& value)
{
    switch (value.type) {
    case Type::undefined:
    case Type::none: return false;
    case Type::boolean: return value.boolean;
    case Type::integer: return value.integer != 0;
    case Type::floating: return value.floating != 0;
    case Type::string: return value.size > 0;
    case Type::list:
    case Type::tuple:
    case Type::range:
    case Type::view: return !value.list->items.empty();
    case Type::dict: return !value.dict->items.empty();
    default: return true;
    }
}

bool isHashable(const Value& value)
{
    if (value.is(Type::tuple))
        return std::all_of(value.list->items.begin(), value.list->items.end(), isHashable);
    return !value.is(Type::list) && !value.is(Type::dict) && !value.is(Type::view);
}

std::string undefinedMessage(const Value& value)
{
    const UndefinedObject* const what = value.undefined;
    if (!what)
        return "a value is undefined";
    switch (what->kind) {
    case UndefinedObject::Kind::name: return fmt::format("'{}' is undefined", what->text);
    case UndefinedObject::Kind::attribute: return fmt::format("'{}' has no attribute '{}'", what->owner, what->text);
    case UndefinedObject::Kind::element: return fmt::format("{} has no element {}", what->owner, what->text);
    case UndefinedObject::Kind::hint: return std::string(what->text);
    case UndefinedObject::Kind::unsafe:
        return fmt::format("access to attribute '{}' of '{}' object is unsafe", what->text, what->owner);
    }
    return {};
}

void requireDefined(const Value& value)
{
    if (value.isUndefined())
        fail(undefinedMessage(value));
}

std::string floatText(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    // The shortest digits that read back as the same number; Python's own choice of notation is put on top.
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    const std::size_t mark = text.find('e');
    const int exponent = std::atoi(text.data() + mark + 1);
    std::string digits;
    const bool negative = text.front() == '-';
    for (const char c : text.substr(0, mark))
        if (c >= '0' && c <= '9')
            digits.push_back(c);
    std::string out = negative ? "-" : "";
    const int count = static_cast<int>(digits.size());
    if (exponent < -4 || exponent >= 16) {
        out += digits.substr(0, 1);
        if (count > 1)
            out += "." + digits.substr(1);
        out += fmt::format("e{}{:02}", exponent < 0 ? '-' : '+', std::abs(exponent));
    } else if (exponent < 0) {
        out += "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    } else if (count <= exponent + 1) {
        out += digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0') + ".0";
    } else {
        out += digits.substr(0, static_cast<std::size_t>(exponent + 1)) + "."
            + digits.substr(static_cast<std::size_t>(exponent + 1));
    }
    return out;
}

} // namespace falconer::jinja
