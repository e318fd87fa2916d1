// SPDX-License-Identifier: Apache-2.0
// Names, members, slices and calls.
#include "core/text/jinja_runtime.h"
#include "core/text/jinja_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace falconer::jinja {
namespace {

/// "dict object", as Jinja names the owner of what is missing.
std::string ownerName(const Value& value)
{
    switch (value.type) {
    case Type::none: return "None";
    case Type::space: return "namespace object";
    case Type::macro: return "macro object";
    case Type::loop: return "loop object";
    default: return std::string(typeName(value)) + " object";
    }
}

std::optional<std::int64_t> sliceBound(const Value& value)
{
    if (value.isNone())
        return std::nullopt;
    if (!value.isInteger())
        fail("slice indices must be integers or None");
    return value.whole();
}

/// The positions start, start + step, … of a sequence of `size` elements, as Python's slice.indices() finds them.
struct Positions {
    std::int64_t start, count, step;

    Positions(const Value& from, const Value& to, const Value& by, std::int64_t size)
    {
        step = sliceBound(by).value_or(1);
        if (step == 0)
            fail("slice step cannot be zero");
        step = std::clamp(step, -std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max());
        const std::int64_t low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
        const auto bound = [&](const Value& value, std::int64_t fallback) {
            const auto given = sliceBound(value);
            if (!given)
                return fallback;
            return *given < 0 ? std::max(*given + size, low) : std::min(*given, high);
        };
        start = bound(from, step > 0 ? low : high);
        const std::int64_t stop = bound(to, step > 0 ? high : low);
        const std::int64_t distance = step > 0 ? stop - start : start - stop;
        const std::int64_t stride = step > 0 ? step : -step;
        count = distance > 0 ? (distance - 1) / stride + 1 : 0;
    }
};

} // namespace

Value Runtime::undefined(UndefinedObject::Kind kind, std::string_view text, std::string_view owner)
{
    Value value;
    value.undefined = m_heap.keep(UndefinedObject{kind, text, owner});
    return value;
}

Value Runtime::undefinedMember(const Value& owner, const Value& name)
{
    const std::string_view kept = string(ownerName(owner)).text();
    return name.isString() ? undefined(UndefinedObject::Kind::attribute, name.text(), kept)
                           : undefined(UndefinedObject::Kind::element, string(repr(name)).text(), kept);
}

Value Runtime::lookUp(std::string_view name, Scope& scope)
{
    for (Scope* place = &scope; place; place = place->parent)
        if (const Value* const found = place->find(name))
            return *found;
    const Value function = globalFunction(name);
    return function.isUndefined() ? undefined(UndefinedObject::Kind::name, name) : function;
}

Value Runtime::compare(const Expression& expression, Scope& scope)
{
    Value left = evaluate(*expression.operands[0], scope);
    for (std::size_t i = 0; i < expression.operators.size(); ++i) {
        const std::string& op = expression.operators[i];
        const Value right = evaluate(*expression.operands[i + 1], scope);
        m_line = expression.line;
        bool holds = false;
        if (op == "==" || op == "!=")
            holds = equal(left, right) == (op == "==");
        else if (op == "in" || op == "notin")
            holds = contains(right, left) == (op == "in");
        else if (op == "<" || op == ">")
            holds = op == "<" ? less(left, right, "<") : less(right, left, ">");
        else
            holds = test(op, left, {{right}, {}});
        if (!holds)
            return Value::of(false);
        left = right;
    }
    return Value::of(true);
}

Arguments Runtime::evaluateArguments(const CallArguments& call, Scope& scope)
{
    Arguments arguments;
    for (const ExpressionPtr& value : call.positional)
        arguments.positional.push_back(evaluate(*value, scope));
    if (call.unpackedList)
        for (const Value& value : elements(evaluate(*call.unpackedList, scope)))
            arguments.positional.push_back(value);
    for (const NamedExpression& value : call.named)
        arguments.named.emplace_back(value.name, evaluate(*value.value, scope));
    if (call.unpackedDict) {
        const Value dict = evaluate(*call.unpackedDict, scope);
        requireDefined(dict);
        if (!dict.is(Type::dict))
            fail("what stands behind ** must be a mapping");
        for (const auto& [key, value] : dict.dict->items) {
            if (!key.isString())
                fail("keywords must be strings");
            arguments.named.emplace_back(key.text(), value);
        }
    }
    for (std::size_t i = 0; i < arguments.named.size(); ++i)
        for (std::size_t other = 0; other < i; ++other)
            if (arguments.named[i].first == arguments.named[other].first)
                fail(fmt::format("the argument '{}' is given twice", arguments.named[i].first));
    return arguments;
}

Value Runtime::evaluateCall(const Expression& expression, Scope& scope, const Value* caller)
{
    const Value callee = evaluate(*expression.operands.front(), scope);
    Arguments arguments = evaluateArguments(expression.call, scope);
    if (caller)
        arguments.named.emplace_back("caller", *caller);
    m_line = expression.line;
    return call(callee, arguments);
}

Value Runtime::call(const Value& callee, const Arguments& arguments)
{
    switch (callee.type) {
    case Type::macro: return callMacro(*callee.macro, arguments);
    case Type::function: return callee.function(*this, arguments);
    case Type::method: return callMethod(*callee.method, arguments);
    case Type::loop: fail("a loop can be called only when it is recursive, which is not supported");
    default: requireDefined(callee); fail(fmt::format("'{}' object is not callable", typeName(callee)));
    }
}

Value Runtime::callMethod(const MethodObject& method, const Arguments& arguments)
{
    const Value& self = method.self;
    if (self.is(Type::loop)) {
        LoopObject& loop = *self.loop;
        if (method.name == "cycle") {
            if (arguments.positional.empty())
                fail("no items for cycling given");
            return arguments.positional[loop.index % arguments.positional.size()];
        }
        const Value seen = list(arguments.positional, Type::tuple); // changed()
        const bool changed = !loop.hasChanged || !equal(loop.last, seen);
        loop.hasChanged = true;
        loop.last = seen;
        return Value::of(changed);
    }
    return self.isString() ? callStringMethod(*this, self, method.name, arguments)
                           : callContainerMethod(*this, self, method.name, arguments);
}

Value Runtime::loopAttribute(LoopObject& loop, const Value& value, std::string_view name)
{
    const auto index = static_cast<std::int64_t>(loop.index);
    const auto length = [&] {
        loop.reach(std::numeric_limits<std::size_t>::max());
        return static_cast<std::int64_t>(loop.taken.size());
    };
    if (name == "index")
        return Value::of(index + 1);
    if (name == "index0")
        return Value::of(index);
    if (name == "first")
        return Value::of(index == 0);
    if (name == "last")
        return Value::of(!loop.reach(loop.index + 1));
    if (name == "length")
        return Value::of(length());
    if (name == "revindex")
        return Value::of(length() - index);
    if (name == "revindex0")
        return Value::of(length() - index - 1);
    if (name == "previtem")
        return index > 0 ? loop.taken[loop.index - 1]
                         : undefined(UndefinedObject::Kind::hint, "there is no previous item");
    if (name == "nextitem")
        return loop.reach(loop.index + 1) ? loop.taken[loop.index + 1]
                                          : undefined(UndefinedObject::Kind::hint, "there is no next item");
    if (name == "depth" || name == "depth0")
        return Value::of(std::int64_t{name == "depth"});
    if (name != "cycle" && name != "changed")
        return undefinedMember(value, Value::of(name));
    Value method;
    method.type = Type::method;
    method.method = m_heap.keep(MethodObject{value, name});
    return method;
}

Value Runtime::attribute(const Value& value, std::string_view name)
{
    requireDefined(value);
    if (value.is(Type::loop))
        return loopAttribute(*value.loop, value, name);
    bool changes = false;
    if (isMethod(value, name, changes)) {
        if (changes)
            return undefined(UndefinedObject::Kind::unsafe, name, typeName(value));
        Value method;
        method.type = Type::method;
        method.method = m_heap.keep(MethodObject{value, name});
        return method;
    }
    if (name.starts_with("__") && name.ends_with("__"))
        return undefined(UndefinedObject::Kind::unsafe, name, typeName(value));
    if (value.is(Type::dict) || value.is(Type::space)) {
        if (const Value* const found = findKey(*value.dict, Value::of(name)))
            return *found;
    } else if (value.is(Type::macro) && name == "name") {
        return Value::of(std::string_view(value.macro->signature->name));
    } else if (value.is(Type::range) && (name == "start" || name == "stop" || name == "step")) {
        return Value::of(name == "start" ? value.list->start : name == "stop" ? value.list->stop : value.list->step);
    } else if (value.is(Type::tuple) && value.list->label == "group" && (name == "grouper" || name == "list")) {
        return value.list->items[name == "grouper" ? 0 : 1];
    }
    return undefinedMember(value, Value::of(name));
}

Value Runtime::item(const Value& value, const Value& key)
{
    requireDefined(value);
    if (value.is(Type::dict)) {
        if (isHashable(key))
            if (const Value* const found = findKey(*value.dict, key))
                return *found;
    } else if (value.is(Type::list) || value.is(Type::tuple) || value.is(Type::range)) {
        if (key.isInteger()) {
            const auto size = static_cast<std::int64_t>(value.list->items.size());
            const std::int64_t at = key.whole() < 0 ? key.whole() + size : key.whole();
            if (at >= 0 && at < size)
                return value.list->items[static_cast<std::size_t>(at)];
        }
    } else if (value.isString() && key.isInteger()) {
        step(value.size / 64);
        const std::int64_t size = textLength(value.text());
        const std::int64_t at = key.whole() < 0 ? key.whole() + size : key.whole();
        if (at >= 0 && at < size) {
            const std::size_t begin = byteOffset(value.text(), at);
            return Value::of(value.text().substr(begin, byteOffset(value.text().substr(begin), 1)), value.markup);
        }
    }
    // Behind the key Jinja looks for an attribute of that name.
    if (key.isString() && !value.is(Type::dict))
        return attribute(value, key.text());
    bool changes = false;
    if (key.isString() && isMethod(value, key.text(), changes))
        return attribute(value, key.text());
    return undefinedMember(value, key);
}

Value Runtime::slice(const Value& value, const Value& start, const Value& stop, const Value& step)
{
    requireDefined(value);
    if (!value.isString() && !value.is(Type::list) && !value.is(Type::tuple) && !value.is(Type::range))
        fail(value.is(Type::dict) ? std::string("unhashable type: 'slice'")
                                  : fmt::format("'{}' object is not subscriptable", typeName(value)));
    if (value.isString()) {
        const std::string_view text = value.text();
        this->step(text.size() / 64);
        const Positions at(start, stop, step, textLength(text));
        if (at.step == 1) {
            const std::size_t begin = byteOffset(text, at.start);
            return Value::of(text.substr(begin, byteOffset(text.substr(begin), at.count)), value.markup);
        }
        std::vector<std::size_t> begins;
        m_heap.charge(text.size() * sizeof(std::size_t));
        for (std::size_t byte = 0; byte < text.size(); byte += byteOffset(text.substr(byte), 1))
            begins.push_back(byte);
        begins.push_back(text.size());
        std::string out;
        for (std::int64_t i = 0; i < at.count; ++i) {
            const auto place = static_cast<std::size_t>(at.start + i * at.step);
            out += text.substr(begins[place], begins[place + 1] - begins[place]);
        }
        return string(std::move(out), value.markup);
    }
    const Positions at(start, stop, step, static_cast<std::int64_t>(value.list->items.size()));
    this->step(static_cast<std::size_t>(at.count));
    std::vector<Value> items;
    for (std::int64_t i = 0; i < at.count; ++i)
        items.push_back(value.list->items[static_cast<std::size_t>(at.start + i * at.step)]);
    const Value part = list(std::move(items), value.type);
    if (value.is(Type::range)) {
        const ListObject& whole = *value.list;
        part.list->start = whole.start + at.start * whole.step;
        part.list->step = whole.step * at.step;
        part.list->stop = part.list->start + at.count * part.list->step;
    }
    return part;
}

std::vector<Value> Runtime::elements(const Value& value)
{
    switch (value.type) {
    case Type::undefined: return {};
    case Type::list:
    case Type::tuple:
    case Type::range:
    case Type::view: step(value.list->items.size() / 8); return value.list->items;
    case Type::generator: {
        ListObject& source = *value.list;
        const std::size_t from = std::exchange(source.next, source.items.size());
        return {source.items.begin() + static_cast<std::ptrdiff_t>(from), source.items.end()};
    }
    case Type::dict: {
        std::vector<Value> keys;
        m_heap.charge(value.dict->items.size() * sizeof(Value));
        for (const auto& [key, item] : value.dict->items)
            keys.push_back(key);
        return keys;
    }
    case Type::string: {
        std::vector<Value> characters;
        const std::string_view text = value.text();
        m_heap.charge(text.size() * sizeof(Value));
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t bytes = byteOffset(text.substr(at), 1);
            characters.push_back(Value::of(text.substr(at, bytes)));
            at += bytes;
        }
        return characters;
    }
    default: fail(fmt::format("'{}' object is not iterable", typeName(value)));
    }
}

std::optional<std::int64_t> Runtime::length(const Value& value)
{
    switch (value.type) {
    case Type::undefined: return 0;
    case Type::string: step(value.size / 64); return textLength(value.text());
    case Type::list:
    case Type::tuple:
    case Type::range:
    case Type::view: return static_cast<std::int64_t>(value.list->items.size());
    case Type::dict: return static_cast<std::int64_t>(value.dict->items.size());
    case Type::loop: return loopAttribute(*value.loop, value, "length").integer;
    default: return std::nullopt;
    }
}

Parameters::Parameters(std::string_view callee, const Arguments& arguments,
    std::initializer_list<std::string_view> names, std::size_t required)
    : m_callee(callee)
    , m_values(names.size())
{
    if (arguments.positional.size() > names.size())
        fail(fmt::format(
            "{}() takes at most {} arguments ({} given)", callee, names.size(), arguments.positional.size()));
    for (std::size_t i = 0; i < arguments.positional.size(); ++i)
        m_values[i] = arguments.positional[i];
    for (const auto& [name, value] : arguments.named) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
            fail(fmt::format("{}() got an unexpected keyword argument '{}'", callee, name));
        auto& place = m_values[static_cast<std::size_t>(found - names.begin())];
        if (place)
            fail(fmt::format("{}() got multiple values for argument '{}'", callee, name));
        place = value;
    }
    for (std::size_t i = 0; i < required; ++i)
        if (!m_values[i])
            fail(fmt::format("{}() misses its argument '{}'", callee, *(names.begin() + i)));
}

std::int64_t Parameters::whole(std::size_t index, std::int64_t fallback) const
{
    if (!has(index))
        return fallback;
    const Value& value = *m_values[index];
    requireDefined(value);
    if (!value.isInteger())
        fail(fmt::format("{}() needs a whole number, not '{}'", m_callee, typeName(value)));
    return value.whole();
}

} // namespace falconer::jinja
