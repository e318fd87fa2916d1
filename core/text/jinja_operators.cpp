// SPDX-License-Identifier: Apache-2.0
// Python's operators and comparisons.
#include "core/text/jinja_runtime.h"
#include "core/text/jinja_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace falconer::jinja {
namespace {

/// Exact also beyond 2^53, where a double cannot hold every whole number.
long double exact(const Value& value)
{
    return value.isInteger() ? static_cast<long double>(value.whole()) : static_cast<long double>(value.floating);
}

[[noreturn]] void unsupported(std::string_view op, const Value& a, const Value& b)
{
    requireDefined(a);
    requireDefined(b);
    fail(fmt::format("unsupported operand type(s) for {}: '{}' and '{}'", op, typeName(a), typeName(b)));
}

[[noreturn]] void tooLarge() { fail("a whole number is larger than 64 bits hold"); }

std::int64_t wholePower(std::int64_t base, std::int64_t exponent)
{
    std::int64_t power = 1;
    while (exponent > 0) {
        if (exponent % 2 == 1 && __builtin_mul_overflow(power, base, &power))
            tooLarge();
        exponent /= 2;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base))
            tooLarge();
    }
    return power;
}

Value wholeArithmetic(char op, bool floor, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    bool overflow = false;
    switch (op) {
    case '+': overflow = __builtin_add_overflow(a, b, &result); break;
    case '-': overflow = __builtin_sub_overflow(a, b, &result); break;
    case '*': overflow = __builtin_mul_overflow(a, b, &result); break;
    default:
        if (b == 0)
            fail(floor          ? "integer division or modulo by zero"
                    : op == '/' ? "division by zero"
                                : "integer modulo by zero");
        if (op == '/' && !floor)
            return Value::of(static_cast<double>(static_cast<long double>(a) / static_cast<long double>(b)));
        if (b == -1) { // the one division that can overflow
            if (op == '%')
                return Value::of(std::int64_t{0});
            overflow = __builtin_sub_overflow(std::int64_t{0}, a, &result);
            break;
        }
        result = op == '/' ? a / b : a % b;
        if (a % b != 0 && (a < 0) != (b < 0))
            result += op == '/' ? -1 : b;
    }
    if (overflow)
        tooLarge();
    return Value::of(result);
}

Value realArithmetic(char op, bool floor, double a, double b)
{
    switch (op) {
    case '+': return Value::of(a + b);
    case '-': return Value::of(a - b);
    case '*': return Value::of(a * b);
    default: break;
    }
    if (b == 0)
        fail(floor || op == '%' ? "float modulo by zero" : "float division by zero");
    if (op == '/' && !floor)
        return Value::of(a / b);
    double rest = std::fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0)) {
        rest += b;
        quotient -= 1;
    } else if (rest == 0) {
        rest = std::copysign(0.0, b);
    }
    if (op == '%')
        return Value::of(rest);
    const double below = std::floor(quotient);
    return Value::of(quotient == 0 ? std::copysign(0.0, a / b) : quotient - below > 0.5 ? below + 1 : below);
}

Value power(const Value& a, const Value& b)
{
    if (a.isInteger() && b.isInteger() && b.whole() >= 0)
        return Value::of(wholePower(a.whole(), b.whole()));
    if (a.real() == 0 && b.real() < 0)
        fail("0.0 cannot be raised to a negative power");
    const double result = std::pow(a.real(), b.real());
    if (std::isnan(result) && !std::isnan(a.real()) && !std::isnan(b.real()))
        fail("the power of a negative number is not real");
    if (std::isinf(result) && !std::isinf(a.real()) && !std::isinf(b.real()))
        fail("the result is too large");
    return Value::of(result);
}

} // namespace

bool Runtime::equal(const Value& a, const Value& b)
{
    step();
    if (a.isNumber() && b.isNumber())
        return exact(a) == exact(b);
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case Type::undefined:
    case Type::none: return true;
    case Type::string: step(std::min(a.size, b.size) / 64); return a.text() == b.text();
    case Type::list:
    case Type::tuple:
    case Type::range:
    case Type::view:
        return a.list == b.list
            || std::equal(a.list->items.begin(), a.list->items.end(), b.list->items.begin(), b.list->items.end(),
                [&](const Value& x, const Value& y) { return equal(x, y); });
    case Type::dict:
        if (a.dict == b.dict)
            return true;
        if (a.dict->items.size() != b.dict->items.size())
            return false;
        for (const auto& [key, value] : a.dict->items)
            if (const Value* const other = findKey(*b.dict, key); !other || !equal(value, *other))
                return false;
        return true;
    case Type::function: return a.function == b.function;
    default: return a.list == b.list; // the same object
    }
}

bool Runtime::less(const Value& a, const Value& b, std::string_view op)
{
    step();
    if (a.isNumber() && b.isNumber())
        return exact(a) < exact(b);
    if (a.isString() && b.isString()) {
        step(std::min(a.size, b.size) / 64);
        return a.text() < b.text(); // the order of UTF-8 bytes is the order of code points
    }
    if (a.type == b.type && (a.is(Type::list) || a.is(Type::tuple))) {
        const auto& left = a.list->items;
        const auto& right = b.list->items;
        for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i)
            if (!equal(left[i], right[i]))
                return less(left[i], right[i], op);
        return left.size() < right.size();
    }
    requireDefined(a);
    requireDefined(b);
    // ">" asks with its operands exchanged
    const bool exchanged = op.front() == '>';
    fail(fmt::format("'{}' not supported between instances of '{}' and '{}'", op, typeName(exchanged ? b : a),
        typeName(exchanged ? a : b)));
}

bool Runtime::contains(const Value& container, const Value& value)
{
    switch (container.type) {
    case Type::string:
        if (!value.isString())
            fail(fmt::format("'in <string>' requires string as left operand, not {}", typeName(value)));
        step(container.size / 64);
        return container.text().find(value.text()) != std::string_view::npos;
    case Type::dict:
        if (!isHashable(value))
            fail(fmt::format("unhashable type: '{}'", typeName(value)));
        return findKey(*container.dict, value) != nullptr;
    case Type::generator:
        while (container.list->next < container.list->items.size())
            if (equal(container.list->items[container.list->next++], value))
                return true;
        return false;
    case Type::undefined: return false;
    case Type::list:
    case Type::tuple:
    case Type::range:
    case Type::view:
        return std::any_of(container.list->items.begin(), container.list->items.end(),
            [&](const Value& item) { return equal(item, value); });
    default: fail(fmt::format("argument of type '{}' is not iterable", typeName(container)));
    }
}

Value* Runtime::findKey(DictObject& dict, const Value& key)
{
    step(dict.items.size() / 16);
    if (key.isString()) { // the common case
        for (auto& [known, value] : dict.items)
            if (known.isString() && known.text() == key.text())
                return &value;
        return nullptr;
    }
    for (auto& [known, value] : dict.items)
        if (!known.isString() && equal(known, key))
            return &value;
    return nullptr;
}

void Runtime::setKey(std::vector<std::pair<Value, Value>>& items, const Value& key, const Value& value)
{
    if (!isHashable(key))
        fail(fmt::format("unhashable type: '{}'", typeName(key)));
    step(1 + items.size() / 16);
    for (auto& [known, old] : items)
        if (known.isString() == key.isString() && (key.isString() ? known.text() == key.text() : equal(known, key))) {
            old = value;
            return;
        }
    items.emplace_back(key, value);
}

Value Runtime::binary(std::string_view op, const Value& a, const Value& b)
{
    if (a.isNumber() && b.isNumber()) {
        if (op == "**")
            return power(a, b);
        const bool floor = op == "//";
        return a.isInteger() && b.isInteger() ? wholeArithmetic(op.front(), floor, a.whole(), b.whole())
                                              : realArithmetic(op.front(), floor, a.real(), b.real());
    }
    if (op == "+" && a.isString() && b.isString()) {
        const bool markup = a.markup || b.markup;
        std::string joined(markup && !a.markup ? escapeHtml(a.text()) : std::string(a.text()));
        joined += markup && !b.markup ? escapeHtml(b.text()) : std::string(b.text());
        return string(std::move(joined), markup);
    }
    if (op == "+" && a.type == b.type && (a.is(Type::list) || a.is(Type::tuple))) {
        std::vector<Value> items = a.list->items;
        items.insert(items.end(), b.list->items.begin(), b.list->items.end());
        return list(std::move(items), a.type);
    }
    if (op == "%" && a.isString()) {
        requireDefined(b);
        return string(formatPercent(*this, a.text(), b, a.markup), a.markup);
    }
    const bool repeats = op == "*" && (a.isInteger() != b.isInteger());
    const Value& repeated = a.isInteger() ? b : a;
    if (repeats && (repeated.isString() || repeated.is(Type::list) || repeated.is(Type::tuple))) {
        const std::int64_t times = std::max<std::int64_t>(0, (a.isInteger() ? a : b).whole());
        const std::size_t unit = repeated.isString() ? repeated.size : repeated.list->items.size() * sizeof(Value);
        std::size_t size = 0;
        if (__builtin_mul_overflow(unit, static_cast<std::size_t>(times), &size))
            throw Problem{"a text or list is repeated too often", true};
        m_heap.charge(size);
        if (repeated.isString()) {
            std::string text;
            text.reserve(size);
            for (std::int64_t i = 0; i < times && unit > 0; ++i)
                text += repeated.text();
            return string(std::move(text), repeated.markup);
        }
        std::vector<Value> items;
        for (std::int64_t i = 0; i < times && unit > 0; ++i)
            items.insert(items.end(), repeated.list->items.begin(), repeated.list->items.end());
        return list(std::move(items), repeated.type);
    }
    if (op == "+" && (a.isString() || a.is(Type::list) || a.is(Type::tuple)) && !b.isUndefined())
        fail(fmt::format("can only concatenate {} (not \"{}\") to {}", typeName(a), typeName(b), typeName(a)));
    unsupported(op, a, b);
}

void sortValues(Runtime& runtime, std::vector<std::pair<Value, Value>>& keyed, bool reverse)
{
    // Written out, because std::sort may run wild when the order contradicts itself (NaN).
    if (reverse)
        std::reverse(keyed.begin(), keyed.end());
    std::vector<std::pair<Value, Value>> merged(keyed.size());
    for (std::size_t width = 1; width < keyed.size(); width *= 2) {
        for (std::size_t begin = 0; begin < keyed.size(); begin += 2 * width) {
            const std::size_t middle = std::min(begin + width, keyed.size()),
                              end = std::min(begin + 2 * width, keyed.size());
            std::size_t left = begin, right = middle;
            for (std::size_t out = begin; out < end; ++out) {
                const bool takeRight
                    = left == middle || (right < end && runtime.less(keyed[right].first, keyed[left].first));
                merged[out] = takeRight ? keyed[right++] : keyed[left++];
            }
        }
        keyed.swap(merged);
    }
    if (reverse)
        std::reverse(keyed.begin(), keyed.end());
}

} // namespace falconer::jinja
