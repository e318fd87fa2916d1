// SPDX-License-Identifier: Apache-2.0
// Text out of a pattern: `pattern % values` and pattern.format(…).
#include "core/text/jinja_filters.h"
#include "core/text/jinja_text.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <cmath>

namespace falconer::jinja {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Width or precision; no text is that wide.
std::int64_t readNumber(std::string_view text, std::size_t& at)
{
    std::int64_t number = 0;
    for (; at < text.size() && isDigit(text[at]); ++at) {
        number = number * 10 + (text[at] - '0');
        if (number > 1'000'000)
            throw Problem{"a width or precision is above a million", true};
    }
    return number;
}

/// How one value is laid out.
struct Layout {
    std::string fill = " ";
    char align = '\0'; ///< < > ^ =, or 0 for the type's own
    char sign = '-';
    bool alternate = false, zero = false, grouped = false;
    std::int64_t width = 0, precision = -1;
    char type = '\0';
};

std::string pad(Runtime& runtime, const Layout& layout, std::string_view sign, std::string_view body, char ownAlign)
{
    const std::int64_t missing = layout.width - textLength(sign) - textLength(body);
    if (missing <= 0)
        return std::string(sign) + std::string(body);
    runtime.heap().charge(static_cast<std::size_t>(missing) * layout.fill.size());
    const char align = layout.align ? layout.align : ownAlign;
    const auto fill = [&](std::int64_t count) {
        std::string out;
        for (std::int64_t i = 0; i < count; ++i)
            out += layout.fill;
        return out;
    };
    const std::string text = std::string(sign) + std::string(body);
    switch (align) {
    case '<': return text + fill(missing);
    case '^': return fill(missing / 2) + text + fill(missing - missing / 2);
    case '=': return std::string(sign) + fill(missing) + std::string(body);
    default: return fill(missing) + text;
    }
}

std::string group(std::string digits)
{
    const std::size_t point = std::min(digits.find_first_not_of("0123456789"), digits.size());
    for (std::size_t at = point; at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

std::string formatNumber(Runtime& runtime, Layout layout, const Value& value)
{
    const bool whole = value.isInteger()
        && (layout.type == '\0' || std::string_view("dxXobcn").find(layout.type) != std::string_view::npos);
    std::string body;
    bool negative = false;
    if (whole) {
        const std::int64_t number = value.whole();
        negative = number < 0;
        const std::uint64_t size
            = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
        if (layout.precision >= 0)
            fail("Precision not allowed in integer format specifier");
        switch (layout.type) {
        case 'x': body = fmt::format("{}{:x}", layout.alternate ? "0x" : "", size); break;
        case 'X': body = fmt::format("{}{:X}", layout.alternate ? "0X" : "", size); break;
        case 'o': body = fmt::format("{}{:o}", layout.alternate ? "0o" : "", size); break;
        case 'b': body = fmt::format("{}{:b}", layout.alternate ? "0b" : "", size); break;
        case 'c':
            if (negative || size >= unicode::kCodePoints || (size >= 0xD800 && size < 0xE000))
                fail("%c arg not in range(0x110000)");
            unicode::append(body, static_cast<char32_t>(size));
            negative = false;
            break;
        default: body = std::to_string(size);
        }
    } else {
        double number = value.real();
        negative = std::signbit(number) && !std::isnan(number);
        number = std::abs(number);
        const std::int64_t precision = layout.precision < 0 ? 6 : layout.precision;
        switch (layout.type) {
        case 'f': body = fmt::format("{:.{}f}", number, precision); break;
        case 'F': body = upperText(fmt::format("{:.{}f}", number, precision)); break;
        case 'e': body = fmt::format("{:.{}e}", number, precision); break;
        case 'E': body = fmt::format("{:.{}E}", number, precision); break;
        case 'g': body = fmt::format("{:.{}g}", number, precision); break;
        case 'G': body = fmt::format("{:.{}G}", number, precision); break;
        case '%': body = fmt::format("{:.{}f}%", number * 100, precision); break;
        case '\0':
            if (layout.precision >= 0)
                fail("a precision needs one of the types f, e and g here");
            body = floatText(number);
            break;
        default: fail(fmt::format("Unknown format code '{}' for object of type 'float'", layout.type));
        }
    }
    if (layout.grouped)
        body = group(std::move(body));
    const std::string sign = negative ? "-" : layout.sign == '-' ? "" : std::string(1, layout.sign);
    if (layout.zero && !layout.align) {
        layout.fill = "0";
        layout.align = '=';
    }
    return pad(runtime, layout, sign, body, '>');
}

std::string formatText(Runtime& runtime, const Layout& layout, std::string_view text, char ownAlign)
{
    const std::string_view cut = layout.precision < 0 ? text : text.substr(0, byteOffset(text, layout.precision));
    return pad(runtime, layout, {}, cut, ownAlign);
}

/// [[fill]align][sign][#][0][width][,][.precision][type]
Layout readLayout(std::string_view spec)
{
    Layout layout;
    const auto isAlign = [](char c) { return c == '<' || c == '>' || c == '^' || c == '='; };
    std::size_t at = 0;
    if (!spec.empty()) {
        const std::size_t second = byteOffset(spec, 1);
        if (second < spec.size() && isAlign(spec[second])) {
            layout.fill = std::string(spec.substr(0, second));
            layout.align = spec[second];
            at = second + 1;
        } else if (isAlign(spec[0])) {
            layout.align = spec[0];
            at = 1;
        }
    }
    const auto is = [&](char c) { return at < spec.size() && spec[at] == c; };
    if (is('+') || is('-') || is(' '))
        layout.sign = spec[at++];
    if (is('#'))
        layout.alternate = ++at > 0;
    if (is('0'))
        layout.zero = ++at > 0;
    layout.width = readNumber(spec, at);
    if (is(','))
        layout.grouped = ++at > 0;
    if (is('.')) {
        ++at;
        if (at == spec.size() || !isDigit(spec[at]))
            fail("Format specifier missing precision");
        layout.precision = readNumber(spec, at);
    }
    if (at < spec.size())
        layout.type = spec[at++];
    if (at != spec.size())
        fail(fmt::format("Invalid format specifier '{}'", spec));
    return layout;
}

std::string formatValue(Runtime& runtime, const Value& value, std::string_view spec)
{
    const Layout layout = readLayout(spec);
    if (value.isNumber() && (!value.is(Type::boolean) || layout.type != '\0' || spec.empty())) {
        if (value.is(Type::boolean) && spec.empty())
            return runtime.text(value);
        return formatNumber(runtime, layout, value);
    }
    if (!value.isString() && !spec.empty())
        fail(fmt::format("unsupported format string passed to {}.__format__", typeName(value)));
    if (layout.type != '\0' && layout.type != 's')
        fail(fmt::format("Unknown format code '{}' for object of type 'str'", layout.type));
    return formatText(runtime, layout, runtime.text(value), '<');
}

/// The replacement fields of str.format.
class Braces {
public:
    Braces(Runtime& runtime, const Arguments& arguments, bool markup)
        : m_runtime(runtime)
        , m_arguments(arguments)
        , m_markup(markup)
    {
    }

    std::string format(std::string_view pattern, int depth = 0)
    {
        if (depth > 1)
            fail("Max string recursion exceeded");
        std::string out;
        for (std::size_t at = 0; at < pattern.size(); ++at) {
            const char c = pattern[at];
            if ((c == '{' || c == '}') && at + 1 < pattern.size() && pattern[at + 1] == c) {
                out.push_back(c);
                ++at;
            } else if (c == '}') {
                fail("Single '}' encountered in format string");
            } else if (c == '{') {
                const std::string piece = field(fieldText(pattern, at), depth);
                m_runtime.heap().charge(piece.size());
                out += piece;
            } else {
                out.push_back(c);
            }
        }
        return out;
    }

private:
    /// What stands between the brace at `at` and the one that closes it; `at` moves there.
    static std::string_view fieldText(std::string_view pattern, std::size_t& at)
    {
        const std::size_t begin = at + 1;
        int open = 1;
        while (++at < pattern.size()) {
            open += pattern[at] == '{' ? 1 : pattern[at] == '}' ? -1 : 0;
            if (open == 0)
                return pattern.substr(begin, at - begin);
        }
        fail("expected '}' before end of string");
    }

    std::string field(std::string_view text, int depth)
    {
        m_runtime.step();
        const std::size_t colon = text.find(':');
        const std::string spec = colon == std::string_view::npos ? "" : format(text.substr(colon + 1), depth + 1);
        std::string_view name = text.substr(0, colon);
        char conversion = '\0';
        if (const std::size_t mark = name.find('!'); mark != std::string_view::npos) {
            if (mark + 2 != name.size() || (name.back() != 'r' && name.back() != 's'))
                fail("a conversion in a format string must be !r or !s");
            conversion = name.back();
            name = name.substr(0, mark);
        }
        Value value = resolve(name);
        if (conversion == 'r')
            value = m_runtime.string(m_runtime.repr(value));
        else if (conversion == 's')
            value = m_runtime.string(m_runtime.text(value));
        std::string made = formatValue(m_runtime, value, spec);
        return m_markup && !(value.isString() && value.markup) ? escapeHtml(made) : made;
    }

    /// "", "0" or "name", then .member and [key].
    Value resolve(std::string_view name)
    {
        const std::size_t end = std::min(name.find_first_of(".["), name.size());
        Value value = first(name.substr(0, end));
        for (std::size_t at = end; at < name.size();) {
            if (name[at] == '.') {
                const std::size_t stop = std::min(name.find_first_of(".[", at + 1), name.size());
                value = m_runtime.attribute(
                    value, m_runtime.string(std::string(name.substr(at + 1, stop - at - 1))).text());
                at = stop;
                continue;
            }
            const std::size_t stop = name.find(']', at);
            if (name[at] != '[' || stop == std::string_view::npos)
                fail("a replacement field is not well-formed");
            const std::string_view key = name.substr(at + 1, stop - at - 1);
            std::size_t digits = 0;
            const std::int64_t number = readNumber(key, digits);
            value = m_runtime.item(
                value, !key.empty() && digits == key.size() ? Value::of(number) : m_runtime.string(std::string(key)));
            at = stop + 1;
        }
        return value;
    }

    Value first(std::string_view name)
    {
        std::size_t digits = 0;
        const std::int64_t number = readNumber(name, digits);
        if (digits == name.size()) {
            const bool automatic = name.empty();
            if (m_numbering != '\0' && m_numbering != (automatic ? 'a' : 'm'))
                fail("cannot switch between automatic field numbering and manual field specification");
            m_numbering = automatic ? 'a' : 'm';
            const std::size_t index = automatic ? m_next++ : static_cast<std::size_t>(number);
            if (index >= m_arguments.positional.size())
                fail("Replacement index out of range for positional args tuple");
            return m_arguments.positional[index];
        }
        for (const auto& [known, value] : m_arguments.named)
            if (known == name)
                return value;
        fail(fmt::format("'{}' is not among the arguments of format()", name));
    }

    Runtime& m_runtime;
    const Arguments& m_arguments;
    bool m_markup;
    std::size_t m_next = 0;
    char m_numbering = '\0';
};

} // namespace

std::string formatBraces(Runtime& runtime, std::string_view pattern, const Arguments& arguments, bool markup)
{
    return Braces(runtime, arguments, markup).format(pattern);
}

std::string formatPercent(Runtime& runtime, std::string_view pattern, const Value& arguments, bool markup)
{
    std::vector<Value> values{arguments};
    if (arguments.is(Type::tuple))
        values = arguments.list->items;
    std::size_t used = 0;
    bool named = false;
    const auto take = [&] {
        if (used >= values.size())
            fail("not enough arguments for format string");
        return values[used++];
    };
    const auto escaped = [&](std::string text, const Value& from) {
        return markup && !(from.isString() && from.markup) ? escapeHtml(text) : text;
    };
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '%') {
            out.push_back(pattern[at]);
            continue;
        }
        runtime.step();
        ++at;
        std::optional<Value> value;
        if (at < pattern.size() && pattern[at] == '(') {
            const std::size_t end = pattern.find(')', at);
            if (end == std::string_view::npos)
                fail("incomplete format key");
            if (!arguments.is(Type::dict))
                fail("format requires a mapping");
            const Value* const found
                = runtime.findKey(*arguments.dict, Value::of(pattern.substr(at + 1, end - at - 1)));
            if (!found)
                fail(fmt::format("'{}' is not a key of the mapping", pattern.substr(at + 1, end - at - 1)));
            value = *found;
            named = true;
            at = end + 1;
        }
        Layout layout;
        for (; at < pattern.size() && std::string_view("-+ #0").find(pattern[at]) != std::string_view::npos; ++at) {
            switch (pattern[at]) {
            case '-': layout.align = '<'; break;
            case '#': layout.alternate = true; break;
            case '0': layout.zero = true; break;
            default: layout.sign = layout.sign == '+' ? '+' : pattern[at];
            }
        }
        layout.width = readNumber(pattern, at);
        if (at < pattern.size() && pattern[at] == '.') {
            ++at;
            layout.precision = readNumber(pattern, at);
        }
        if (at >= pattern.size())
            fail("incomplete format");
        layout.type = pattern[at];
        if (layout.type == '%') {
            out.push_back('%');
            continue;
        }
        const Value subject = value ? *value : take();
        std::string made;
        switch (layout.type) {
        case 's': made = formatText(runtime, layout, escaped(runtime.text(subject), subject), '>'); break;
        case 'r': made = formatText(runtime, layout, escaped(runtime.repr(subject), {}), '>'); break;
        case 'i':
        case 'u': layout.type = 'd'; [[fallthrough]];
        default: {
            if (std::string_view("dxXoeEfFgGc").find(layout.type) == std::string_view::npos)
                fail(fmt::format("unsupported format character '{}'", layout.type));
            if (!subject.isNumber())
                fail(fmt::format("%{} format: a real number is required, not {}", layout.type, typeName(subject)));
            const bool whole = std::string_view("dxXoc").find(layout.type) != std::string_view::npos;
            if (whole && layout.precision >= 0)
                fail("a precision of whole numbers is not supported");
            const Value number = whole && !subject.isInteger() ? runtime.filter("int", subject, {}) : subject;
            made = formatNumber(runtime, layout, number);
        }
        }
        runtime.heap().charge(made.size());
        out += made;
    }
    if (!named && used < values.size() && !arguments.is(Type::dict) && !arguments.is(Type::list)
        && !arguments.is(Type::range)) // Python asks only for what it takes by position
        fail("not all arguments converted during string formatting");
    return out;
}

} // namespace falconer::jinja
