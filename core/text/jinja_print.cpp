// SPDX-License-Identifier: Apache-2.0
// Values as text: str(), repr() and json.dumps().
#include "core/text/jinja_runtime.h"
#include "core/text/jinja_text.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <cmath>

namespace falconer::jinja {
namespace {

constexpr int kMaxDepth = 120; // a namespace may hold itself, so the depth of what is printed is not bounded otherwise

/// json.dumps with its settings.
class JsonWriter {
public:
    JsonWriter(Runtime& runtime, const Parameters& settings)
        : m_runtime(runtime)
    {
        m_ascii = settings.flag(1, false);
        if (settings.has(2) && !settings[2].isNone()) {
            const Value& indent = settings[2];
            if (indent.isString()) {
                m_indent = std::string(indent.text());
            } else if (indent.isInteger()) {
                const std::int64_t width = std::max<std::int64_t>(0, indent.whole());
                m_runtime.heap().charge(static_cast<std::size_t>(width));
                m_indent = std::string(static_cast<std::size_t>(width), ' ');
            } else {
                requireDefined(indent);
                fail(fmt::format("tojson needs a whole number or a string as its indent, not '{}'", typeName(indent)));
            }
            m_between = ",";
        }
        if (settings.has(3) && !settings[3].isNone()) {
            const std::vector<Value> parts = runtime.elements(settings[3]);
            if (parts.size() != 2 || !parts[0].isString() || !parts[1].isString())
                fail("tojson needs two strings as its separators");
            m_between = std::string(parts[0].text());
            m_colon = std::string(parts[1].text());
        }
        m_sorted = settings.flag(4, false);
    }

    std::string write(const Value& value)
    {
        append(value, 0);
        return std::move(m_out);
    }

private:
    void append(const Value& value, int depth)
    {
        m_runtime.step();
        if (depth > kMaxDepth)
            throw Problem{"what tojson is given is nested too deep", true};
        switch (value.type) {
        case Type::none: m_out += "null"; break;
        case Type::boolean: m_out += value.boolean ? "true" : "false"; break;
        case Type::integer: m_out += std::to_string(value.integer); break;
        case Type::floating: m_out += number(value.floating); break;
        case Type::string: appendString(value.text()); break;
        case Type::list:
        case Type::tuple: appendList(value.list->items, depth); break;
        case Type::dict: appendDict(value.dict->items, depth); break;
        default: fail(fmt::format("Object of type {} is not JSON serializable", typeName(value)));
        }
        m_runtime.heap().charge(m_out.size() - std::exchange(m_charged, m_out.size()));
    }

    static std::string number(double value)
    {
        if (std::isnan(value))
            return "NaN";
        if (std::isinf(value))
            return value < 0 ? "-Infinity" : "Infinity";
        return floatText(value);
    }

    void appendString(std::string_view text)
    {
        m_runtime.step(text.size() / 64);
        m_out.push_back('"');
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = at;
            const char32_t code = unicode::next(text, at);
            constexpr std::string_view kNamed = "\"\\\b\f\n\r\t", kLetters = "\"\\bfnrt";
            if (const std::size_t which = code < 0x80 ? kNamed.find(static_cast<char>(code)) : std::string_view::npos;
                which != std::string_view::npos) {
                m_out.push_back('\\');
                m_out.push_back(kLetters[which]);
            } else if (code < 0x20) {
                m_out += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
            } else if (m_ascii && code > 0xFFFF) {
                const auto rest = static_cast<unsigned>(code) - 0x10000;
                m_out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
            } else if (m_ascii && code > 0x7E) {
                m_out += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
            } else {
                m_out += text.substr(begin, at - begin);
            }
        }
        m_out.push_back('"');
    }

    void put(std::string_view separator)
    {
        m_runtime.heap().charge(separator.size());
        m_out += separator;
    }

    void newline(int depth)
    {
        if (!m_indent)
            return;
        // before it is made: a template may give a long indent
        m_runtime.heap().charge(static_cast<std::size_t>(depth) * m_indent->size());
        m_out.push_back('\n');
        for (int i = 0; i < depth; ++i)
            m_out += *m_indent;
    }

    void appendList(const std::vector<Value>& items, int depth)
    {
        m_out.push_back('[');
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i > 0)
                put(m_between);
            newline(depth + 1);
            append(items[i], depth + 1);
        }
        if (!items.empty())
            newline(depth);
        m_out.push_back(']');
    }

    void appendDict(const std::vector<std::pair<Value, Value>>& items, int depth)
    {
        std::vector<std::pair<Value, Value>> keyed;
        if (m_sorted) {
            for (const auto& [key, value] : items)
                keyed.emplace_back(key, m_runtime.list({key, value}, Type::tuple));
            sortValues(m_runtime, keyed, false);
            for (auto& [key, value] : keyed)
                value = value.list->items[1];
        }
        m_out.push_back('{');
        bool first = true;
        for (const auto& [key, value] : m_sorted ? keyed : items) {
            if (!first)
                put(m_between);
            first = false;
            newline(depth + 1);
            appendKey(key);
            put(m_colon);
            append(value, depth + 1);
        }
        if (!items.empty())
            newline(depth);
        m_out.push_back('}');
    }

    void appendKey(const Value& key)
    {
        switch (key.type) {
        case Type::string: return appendString(key.text());
        case Type::none: return appendString("null");
        case Type::boolean: return appendString(key.boolean ? "true" : "false");
        case Type::integer: return appendString(std::to_string(key.integer));
        case Type::floating: return appendString(number(key.floating));
        default: fail(fmt::format("keys must be str, int, float, bool or None, not {}", typeName(key)));
        }
    }

    Runtime& m_runtime;
    std::string m_out;
    std::size_t m_charged = 0;
    bool m_ascii = false;
    bool m_sorted = false;
    std::optional<std::string> m_indent;
    std::string m_between = ", ";
    std::string m_colon = ": ";
};

} // namespace

Value toJson(Runtime& runtime, const Value& value, const Arguments& arguments)
{
    Arguments all = arguments;
    all.positional.insert(all.positional.begin(), value);
    const Parameters settings("tojson", all, {"x", "ensure_ascii", "indent", "separators", "sort_keys"}, 1);
    return runtime.string(JsonWriter(runtime, settings).write(value));
}

std::string Runtime::text(const Value& value)
{
    if (value.isString())
        return std::string(value.text());
    return value.isUndefined() ? std::string() : repr(value);
}

Value Runtime::softText(const Value& value) { return value.isString() ? value : string(text(value)); }

std::string Runtime::repr(const Value& value)
{
    std::string out;
    appendRepr(out, value, 0);
    return out;
}

void Runtime::appendRepr(std::string& out, const Value& value, int depth)
{
    step();
    if (depth > kMaxDepth)
        throw Problem{"what is printed is nested too deep", true};
    const std::size_t before = out.size();
    const auto items = [&](const std::vector<Value>& list) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0)
                out += ", ";
            appendRepr(out, list[i], depth + 1);
        }
    };
    switch (value.type) {
    case Type::undefined: out += "Undefined"; break;
    case Type::none: out += "None"; break;
    case Type::boolean: out += value.boolean ? "True" : "False"; break;
    case Type::integer: out += std::to_string(value.integer); break;
    case Type::floating: out += floatText(value.floating); break;
    case Type::string: out += value.markup ? "Markup(" + quoteText(value.text()) + ")" : quoteText(value.text()); break;
    case Type::list:
        out += "[";
        items(value.list->items);
        out += "]";
        break;
    case Type::tuple:
        out += "(";
        items(value.list->items);
        out += value.list->items.size() == 1 ? ",)" : ")";
        break;
    case Type::range:
        out += value.list->step == 1
            ? fmt::format("range({}, {})", value.list->start, value.list->stop)
            : fmt::format("range({}, {}, {})", value.list->start, value.list->stop, value.list->step);
        break;
    case Type::view:
        out += fmt::format("{}([", value.list->label);
        items(value.list->items);
        out += "])";
        break;
    case Type::space: out += "<Namespace "; [[fallthrough]];
    case Type::dict:
        out += "{";
        for (std::size_t i = 0; i < value.dict->items.size(); ++i) {
            if (i > 0)
                out += ", ";
            appendRepr(out, value.dict->items[i].first, depth + 1);
            out += ": ";
            appendRepr(out, value.dict->items[i].second, depth + 1);
        }
        out += value.is(Type::space) ? "}>" : "}";
        break;
    case Type::macro: out += fmt::format("<Macro '{}'>", value.macro->signature->name); break;
    case Type::loop: out += fmt::format("<LoopContext {}/{}>", value.loop->index + 1, *length(value)); break;
    default: out += fmt::format("<{} object>", typeName(value));
    }
    m_heap.charge(depth == 0 ? 0 : out.size() - before);
}

} // namespace falconer::jinja
