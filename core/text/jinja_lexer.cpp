// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_lexer.h"

#include "core/text/jinja_text.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

namespace falconer::jinja {
namespace {

constexpr std::array<std::string_view, 27> kSymbols = {"//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~",
    "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";", "!"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
public:
    explicit Lexer(std::string_view source)
        : m_source(normalizeNewlines(source))
    {
        if (m_source.ends_with('\n'))
            m_source.pop_back();
    }

    std::vector<Token> run()
    {
        while (m_at < m_source.size())
            lexText();
        add(TokenType::end);
        return std::move(m_tokens);
    }

private:
    static std::string normalizeNewlines(std::string_view source)
    {
        std::string text;
        text.reserve(source.size());
        for (std::size_t i = 0; i < source.size(); ++i) {
            if (source[i] != '\r') {
                text.push_back(source[i]);
                continue;
            }
            text.push_back('\n');
            if (i + 1 < source.size() && source[i + 1] == '\n')
                ++i;
        }
        return text;
    }

    std::string_view rest() const { return std::string_view(m_source).substr(m_at); }
    bool at(std::string_view text) const { return rest().starts_with(text); }
    [[noreturn]] void problem(std::string message) const { throw SyntaxProblem{m_line, std::move(message)}; }

    void add(TokenType type, std::string text = {}) { m_tokens.push_back({type, m_line, std::move(text), 0, 0}); }

    /// Moves on, counting lines.
    void skip(std::size_t count)
    {
        const auto begin = m_source.begin() + static_cast<std::ptrdiff_t>(m_at);
        m_line += static_cast<int>(std::count(begin, begin + static_cast<std::ptrdiff_t>(count), '\n'));
        m_at += count;
        m_lineStarts = m_at > 0 && m_source[m_at - 1] == '\n';
    }

    void skipSpace()
    {
        while (m_at < m_source.size()) {
            std::size_t next = m_at;
            if (!isSpace(unicode::next(m_source, next)))
                return;
            skip(next - m_at);
        }
    }

    /// The sign of whitespace control behind an opening tag, which it skips: '-', '+' or 0.
    char takeSign()
    {
        const char sign = m_at < m_source.size() ? m_source[m_at] : '\0';
        if (sign != '-' && sign != '+')
            return '\0';
        skip(1);
        return sign;
    }

    /// Behind the closing tag of a block or a comment: "-" takes all blanks away, "+" keeps the newline that
    /// trim_blocks would take.
    bool takeBlockEnd(std::string_view tag)
    {
        if (at("-") && rest().substr(1).starts_with(tag)) {
            skip(1 + tag.size());
            skipSpace();
            return true;
        }
        if (at("+") && rest().substr(1).starts_with(tag)) {
            skip(1 + tag.size());
            return true;
        }
        if (!at(tag))
            return false;
        skip(tag.size());
        if (at("\n"))
            skip(1);
        return true;
    }

    /// Text before a tag, with the blanks away that the tag's sign or lstrip_blocks takes.
    void addText(std::size_t begin, std::size_t end, char sign, bool variable, bool lineStarted, int line)
    {
        std::string_view text = std::string_view(m_source).substr(begin, end - begin);
        if (sign == '-') {
            text = stripText(text, false, true);
        } else if (sign != '+' && !variable) {
            const std::size_t newline = text.rfind('\n');
            const std::size_t from = newline == std::string_view::npos ? 0 : newline + 1;
            if ((from > 0 || lineStarted) && stripText(text.substr(from), true, true).empty())
                text = text.substr(0, from);
        }
        if (!text.empty())
            m_tokens.push_back({TokenType::data, line, std::string(text), 0, 0});
    }

    void lexText()
    {
        const std::size_t begin = m_at;
        const bool lineStarted = m_at == 0 || m_lineStarts;
        const int line = m_line;
        std::size_t tag = m_at;
        for (;; ++tag) {
            tag = m_source.find('{', tag);
            if (tag == std::string::npos || tag + 1 >= m_source.size()) {
                addText(begin, m_source.size(), '+', true, false, line);
                skip(m_source.size() - m_at);
                return;
            }
            const char kind = m_source[tag + 1];
            if (kind == '{' || kind == '%' || kind == '#')
                break;
        }
        skip(tag - m_at);
        const char kind = m_source[tag + 1];
        skip(2);
        const int tagLine = m_line;
        const char sign = takeSign();
        addText(begin, tag, sign, kind == '{', lineStarted, line);
        if (kind == '#')
            return skipComment(tagLine);
        if (kind == '%' && takeRawBegin())
            return lexRaw(tagLine);
        m_tokens.push_back({kind == '{' ? TokenType::variableBegin : TokenType::blockBegin, tagLine, {}, 0, 0});
        lexTag(kind == '{', tagLine);
    }

    void skipComment(int line)
    {
        // "-#}" and "+#}" end it too, so the sign before the mark is looked at
        const std::size_t end = m_source.find("#}", m_at);
        if (end == std::string::npos)
            throw SyntaxProblem{line, "a comment is not closed: \"#}\" is missing"};
        const bool sign = end > m_at && (m_source[end - 1] == '-' || m_source[end - 1] == '+');
        skip(end - m_at - (sign ? 1 : 0));
        takeBlockEnd("#}");
    }

    /// "raw %}" behind "{%".
    bool takeRawBegin()
    {
        std::string_view text = stripText(rest(), true, false);
        if (!text.starts_with("raw"))
            return false;
        text = stripText(text.substr(3), true, false);
        const bool strip = text.starts_with("-%}");
        if (!strip && !text.starts_with("%}"))
            return false;
        skip(static_cast<std::size_t>(text.data() - m_source.data()) - m_at + (strip ? 3 : 2));
        if (strip)
            skipSpace();
        return true;
    }

    void lexRaw(int openLine)
    {
        const std::size_t begin = m_at;
        const int line = m_line;
        for (std::size_t tag = m_source.find("{%", m_at); tag != std::string::npos;
             tag = m_source.find("{%", tag + 1)) {
            const char sign = tag + 2 < m_source.size() ? m_source[tag + 2] : '\0';
            const bool signs = sign == '-' || sign == '+';
            std::string_view text = stripText(std::string_view(m_source).substr(tag + (signs ? 3 : 2)), true, false);
            if (!text.starts_with("endraw"))
                continue;
            text = stripText(text.substr(6), true, false);
            if (!text.starts_with("%}") && !text.starts_with("-%}") && !text.starts_with("+%}"))
                continue;
            const bool lineStarted = m_lineStarts;
            skip(static_cast<std::size_t>(text.data() - m_source.data()) - m_at);
            addText(begin, tag, signs ? sign : '\0', false, lineStarted, line);
            takeBlockEnd("%}");
            return;
        }
        throw SyntaxProblem{openLine, "a raw block is not closed: {% endraw %} is missing"};
    }

    void lexTag(bool variable, int openLine)
    {
        std::string closers;
        for (;;) {
            skipSpace();
            if (m_at >= m_source.size())
                throw SyntaxProblem{
                    openLine, fmt::format("a tag is not closed: \"{}\" is missing", variable ? "}}" : "%}")};
            if (closers.empty() && (variable ? takeVariableEnd() : takeEnd(TokenType::blockEnd)))
                return;
            lexToken(closers);
        }
    }

    bool takeEnd(TokenType type)
    {
        const int line = m_line;
        if (!takeBlockEnd("%}"))
            return false;
        m_tokens.push_back({type, line, {}, 0, 0});
        return true;
    }

    bool takeVariableEnd()
    {
        const bool strip = at("-}}");
        if (!strip && !at("}}"))
            return false;
        add(TokenType::variableEnd);
        skip(strip ? 3 : 2);
        if (strip)
            skipSpace();
        return true;
    }

    void lexToken(std::string& closers)
    {
        const char c = m_source[m_at];
        if (isDigit(c))
            return lexNumber();
        if (c == '\'' || c == '"')
            return lexString(c);
        std::size_t next = m_at;
        if (const char32_t code = unicode::next(m_source, next); code == '_' || unicode::is(code, unicode::kWord)) {
            while (next < m_source.size()) {
                std::size_t after = next;
                if (const char32_t more = unicode::next(m_source, after);
                    more != '_' && !unicode::is(more, unicode::kWord))
                    break;
                next = after;
            }
            add(TokenType::name, m_source.substr(m_at, next - m_at));
            return skip(next - m_at);
        }
        for (const std::string_view symbol : kSymbols) {
            if (!at(symbol) || symbol == "!")
                continue;
            balance(symbol, closers);
            add(TokenType::symbol, std::string(symbol));
            return skip(symbol.size());
        }
        problem(fmt::format("unexpected character \"{}\"", m_source.substr(m_at, next - m_at)));
    }

    void balance(std::string_view symbol, std::string& closers)
    {
        if (symbol == "(" || symbol == "[" || symbol == "{") {
            closers.push_back(symbol == "(" ? ')' : symbol == "[" ? ']' : '}');
        } else if (symbol == ")" || symbol == "]" || symbol == "}") {
            if (closers.empty())
                problem(fmt::format("unexpected '{}'", symbol));
            if (closers.back() != symbol.front())
                problem(fmt::format("unexpected '{}', expected '{}'", symbol, closers.back()));
            closers.pop_back();
        }
    }

    std::size_t digitsFrom(std::size_t from) const
    {
        std::size_t end = from;
        while (end < m_source.size()
            && (isDigit(m_source[end])
                || (m_source[end] == '_' && end > from && end + 1 < m_source.size() && isDigit(m_source[end + 1]))))
            ++end;
        return end;
    }

    void lexNumber()
    {
        const std::size_t begin = m_at;
        int base = 10;
        if (m_source[begin] == '0' && begin + 1 < m_source.size()) {
            const char mark = static_cast<char>(m_source[begin + 1] | 0x20);
            base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        }
        std::string digits;
        std::size_t end = begin;
        bool real = false;
        if (base != 10) {
            end += 2;
            while (end < m_source.size()
                && (std::isxdigit(static_cast<unsigned char>(m_source[end])) || m_source[end] == '_'))
                ++end;
            digits = m_source.substr(begin + 2, end - begin - 2);
        } else {
            end = digitsFrom(begin);
            // The digits behind "list.0" are no fraction.
            const bool element = begin > 0 && m_source[begin - 1] == '.';
            if (!element && end + 1 < m_source.size() && m_source[end] == '.' && isDigit(m_source[end + 1])) {
                end = digitsFrom(end + 1);
                real = true;
            }
            if (!element && end + 1 < m_source.size() && (m_source[end] | 0x20) == 'e') {
                const bool sign = m_source[end + 1] == '+' || m_source[end + 1] == '-';
                if (const std::size_t power = end + (sign ? 2 : 1);
                    power < m_source.size() && isDigit(m_source[power])) {
                    end = digitsFrom(power);
                    real = true;
                }
            }
            digits = m_source.substr(begin, end - begin);
        }
        std::erase(digits, '_');
        Token token{real ? TokenType::floating : TokenType::integer, m_line, digits, 0, 0};
        if (real) {
            // not strtod: that reads as the user's locale writes numbers; too large a number stays infinite
            token.floating = HUGE_VAL;
            std::from_chars(digits.data(), digits.data() + digits.size(), token.floating);
        } else {
            const auto [stop, error]
                = std::from_chars(digits.data(), digits.data() + digits.size(), token.integer, base);
            if (error != std::errc() || stop != digits.data() + digits.size())
                problem(fmt::format("\"{}\" is not a whole number of 64 bits", m_source.substr(begin, end - begin)));
            if (base == 10 && digits.size() > 1 && digits.front() == '0' && token.integer != 0)
                problem(fmt::format("\"{}\" begins with a zero", digits));
        }
        m_tokens.push_back(std::move(token));
        skip(end - begin);
    }

    void lexString(char quote)
    {
        std::size_t end = m_at + 1;
        while (end < m_source.size() && m_source[end] != quote)
            end += m_source[end] == '\\' ? 2 : 1;
        if (end >= m_source.size())
            problem("a string is not closed");
        add(TokenType::string, unescape(std::string_view(m_source).substr(m_at + 1, end - m_at - 1)));
        skip(end + 1 - m_at);
    }

    std::string unescape(std::string_view raw) const
    {
        std::string text;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            if (raw[i] != '\\' || i + 1 == raw.size()) {
                text.push_back(raw[i]);
                continue;
            }
            const char kind = raw[++i];
            constexpr std::string_view kNames = "\\'\"abfnrtv", kMeanings = "\\'\"\a\b\f\n\r\t\v";
            if (const std::size_t which = kNames.find(kind); which != std::string_view::npos) {
                text.push_back(kMeanings[which]);
            } else if (kind == '\n') {
                continue;
            } else if (kind == 'x' || kind == 'u' || kind == 'U') {
                const std::size_t count = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
                appendCode(text, raw.substr(std::min(i + 1, raw.size()), count), count, 16);
                i += count;
            } else if (kind >= '0' && kind <= '7') {
                std::size_t count = 1;
                while (count < 3 && i + count < raw.size() && raw[i + count] >= '0' && raw[i + count] <= '7')
                    ++count;
                appendCode(text, raw.substr(i, count), count, 8);
                i += count - 1;
            } else if (kind == 'N') {
                problem("characters by name (\\N) are not supported; write the character itself");
            } else if (static_cast<unsigned char>(kind) >= 0x80) {
                // Python writes the character as an escape first, and the backslash before then makes it plain text.
                std::size_t next = i;
                const auto code = static_cast<std::uint32_t>(unicode::next(raw, next));
                text += code < 0x100 ? fmt::format("\\x{:02x}", code)
                    : code < 0x10000 ? fmt::format("\\u{:04x}", code)
                                     : fmt::format("\\U{:08x}", code);
                i = next - 1;
            } else {
                text.push_back('\\');
                text.push_back(kind);
            }
        }
        return text;
    }

    void appendCode(std::string& text, std::string_view digits, std::size_t count, int base) const
    {
        std::uint32_t code = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
        if (digits.size() != count || error != std::errc() || stop != digits.data() + digits.size()
            || code >= unicode::kCodePoints || (code >= 0xD800 && code < 0xE000))
            problem("a character in a string is not written as Unicode has it");
        unicode::append(text, code);
    }

    std::string m_source;
    std::size_t m_at = 0;
    int m_line = 1;
    bool m_lineStarts = true;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokenize(std::string_view source) { return Lexer(source).run(); }

} // namespace falconer::jinja
