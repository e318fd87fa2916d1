// SPDX-License-Identifier: Apache-2.0
#include "core/text/regex_translator.h"

#include "core/base/error.h"
#include "core/text/code_set.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace falconer {
namespace {

using unicode::Mask;

// Far above any tokenizer's (GPT-4o's has 340 characters). Together they bound what PCRE2 can be made to allocate.
constexpr std::size_t kLongestExpression = 1024;
constexpr unsigned kLargestCount = 64;

constexpr Mask kDecimalDigit = unicode::mask(unicode::Bit::Nd);

bool isAsciiLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }
bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

class Translator {
public:
    Translator(const std::string& expression, const std::string& source)
        : m_expression(expression)
        , m_source(source)
        , m_in(unicode::toCodePoints(expression))
    {
    }

    std::u32string run()
    {
        if (m_in.size() > kLongestExpression)
            refuse("more than " + std::to_string(kLongestExpression) + " characters");
        m_groups.push_back({});
        while (m_at < m_in.size())
            item();
        if (m_groups.size() != 1)
            refuse("a group that is not closed");
        return std::move(m_out);
    }

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    struct Group {
        bool ignoreCase = false;
        bool isAssertion = false; // not to be repeated
        bool hasCount = false; // holds {n,m}: not to be counted again, or the compiled size would multiply
        bool isFresh = true; // nothing stands in it yet
        std::size_t start = 0; // in m_out
    };

    [[noreturn]] void refuse(const std::string& what) const
    {
        throw Error(ErrorCode::modelUnsupported, m_source,
            "the pattern \"" + m_expression.substr(0, 200) + "\" has " + what + ", which Falconer does not read",
            "use a tokenizer with a plainer pattern");
    }

    char32_t peek(std::size_t ahead = 0) const { return m_at + ahead < m_in.size() ? m_in[m_at + ahead] : U'\0'; }

    bool take(std::u32string_view text)
    {
        if (std::u32string_view(m_in).substr(m_at, text.size()) != text)
            return false;
        m_at += text.size();
        return true;
    }

    void emit(std::string_view text) { m_out.append(text.begin(), text.end()); }

    void emitCode(char32_t code)
    {
        static constexpr std::string_view kDigits = "0123456789abcdef";
        std::string hex;
        do {
            hex.insert(hex.begin(), kDigits[code & 15]);
            code >>= 4;
        } while (code != 0);
        emit("\\x{" + hex + "}");
    }

    void emitSet(const CodeSet& set)
    {
        const auto ranges = set.normalized();
        if (ranges.empty())
            refuse("a class that matches nothing");
        emit("[");
        for (const auto& [first, last] : ranges) {
            emitCode(first);
            if (first != last) {
                emit("-");
                emitCode(last);
            }
        }
        emit("]");
    }

    void item()
    {
        Group& group = m_groups.back();
        const char32_t c = m_in[m_at];
        const bool wasFresh = std::exchange(group.isFresh, false);
        const char32_t literalBefore = std::exchange(m_lastLetter, U'\0');
        const bool repeatsGroup = std::exchange(m_atomIsGroup, false);
        switch (c) {
        case U'(': openGroup(wasFresh); return;
        case U')': closeGroup(); return;
        case U'|':
            ++m_at;
            emit("|");
            m_atom = kNone;
            return;
        case U'^':
        case U'$':
            ++m_at;
            m_out.push_back(c);
            m_atom = kNone;
            return;
        case U'.':
            ++m_at;
            m_atom = m_out.size();
            emit(".");
            return;
        case U'*':
        case U'+':
        case U'?':
        case U'{': quantifier(repeatsGroup && m_atomHasCount); return;
        case U'[':
            ++m_at;
            m_atom = m_out.size();
            emitSet(characterClass());
            return;
        default: break;
        }
        m_atom = m_out.size();
        if (c == U'\\') {
            ++m_at;
            if (const auto set = classEscape()) {
                emitSet(*set);
                return;
            }
            literal(literalEscape(), literalBefore);
            return;
        }
        ++m_at;
        literal(c, literalBefore);
    }

    void literal(char32_t c, char32_t before)
    {
        if (!m_groups.back().ignoreCase) {
            emitCode(c);
            return;
        }
        CodeSet set;
        set.add(c, c);
        emitSet(caseVariants(set));
        if (!isAsciiLetter(c))
            return;
        // The engine also takes one ligature for such a pair ("ss" matches U+00DF).
        static constexpr std::array<std::u32string_view, 5> kPairs = {U"ff", U"fi", U"fl", U"ss", U"st"};
        const std::array pair = {lower(before), lower(c)};
        if (std::find(kPairs.begin(), kPairs.end(), std::u32string_view(pair.data(), 2)) != kPairs.end())
            refuse("a pair of letters under (?i) that ligatures match");
        m_lastLetter = c;
    }

    /// The set with both cases of its ASCII letters and what the engine folds onto them.
    CodeSet caseVariants(const CodeSet& set) const
    {
        CodeSet all = set;
        for (const auto& [first, last] : set.normalized()) {
            for (char32_t code = first; code <= last && code < 0x80; ++code) {
                if (!isAsciiLetter(code))
                    continue;
                all.add(code ^ 32, code ^ 32);
                if (lower(code) == U'k')
                    all.add(0x212A, 0x212A);
                if (lower(code) == U's')
                    all.add(0x17F, 0x17F);
            }
            if (last >= 0x80)
                refuse("characters outside ASCII under (?i)");
        }
        return all;
    }

    void openGroup(bool wasFresh)
    {
        ++m_at;
        Group inner;
        inner.ignoreCase = m_groups.back().ignoreCase;
        inner.start = m_out.size();
        if (take(U"?i)") || take(U"?-i)")) {
            // In the middle the reference would move what follows, later alternatives included, into a group of its
            // own.
            if (!wasFresh)
                refuse("(?i) in the middle");
            m_groups.back().ignoreCase = m_in[m_at - 3] == U'?';
            m_groups.back().isFresh = true;
            return;
        }
        if (take(U"?=") || take(U"?!") || take(U"?<=") || take(U"?<!")) {
            inner.isAssertion = true;
            const std::size_t length = m_in[m_at - 2] == U'?' ? 2 : 3;
            emit("(");
            m_out.append(m_in, m_at - length, length);
        } else if (take(U"?>")) {
            emit("(?>");
        } else if (take(U"?:") || take(U"?i:") || take(U"?-i:")) {
            if (m_in[m_at - 2] == U'i')
                inner.ignoreCase = m_in[m_at - 3] == U'?';
            emit("(?:");
        } else if (peek() == U'?' || peek() == U'*') {
            refuse("a group of another kind");
        } else {
            emit("(?:"); // nothing refers to captures
        }
        m_groups.push_back(inner);
        m_atom = kNone;
    }

    void closeGroup()
    {
        ++m_at;
        if (m_groups.size() == 1)
            refuse("a closing parenthesis too many");
        const Group inner = m_groups.back();
        m_groups.pop_back();
        emit(")");
        m_atom = inner.isAssertion ? kNone : inner.start;
        m_atomHasCount = inner.hasCount;
        m_groups.back().hasCount |= inner.hasCount;
        m_atomIsGroup = true;
    }

    void quantifier(bool hasCount)
    {
        if (m_atom == kNone)
            refuse("a repetition of nothing that can be repeated");
        const char32_t sign = m_in[m_at++];
        if (sign != U'{') {
            m_out.push_back(sign);
            if (peek() == U'?' || peek() == U'+')
                m_out.push_back(m_in[m_at++]);
        } else {
            if (hasCount)
                refuse("a counted repetition inside another");
            counted();
        }
        m_atom = kNone; // so that a second quantifier is refused: the engines disagree on stacked ones
    }

    std::optional<unsigned> number()
    {
        if (!isDigit(peek()))
            return std::nullopt;
        unsigned value = 0;
        while (isDigit(peek())) {
            value = value * 10 + static_cast<unsigned>(m_in[m_at++] - U'0');
            if (value > kLargestCount)
                refuse("a count above " + std::to_string(kLargestCount));
        }
        return value;
    }

    void counted()
    {
        const std::optional<unsigned> low = number();
        const bool hasComma = take(U",");
        const std::optional<unsigned> high = hasComma ? number() : low;
        if (!take(U"}") || (!low && !high) || (low && high && *low > *high))
            refuse("a brace that is not a plain count");
        m_groups.back().hasCount = true;
        const std::string least = std::to_string(low.value_or(0));
        const std::string count = "{" + (!hasComma ? least : least + "," + (high ? std::to_string(*high) : "")) + "}";
        if (peek() == U'+') {
            // To the reference this is not a possessive count but a repeated one.
            ++m_at;
            m_out.insert(m_atom, U"(?:");
            emit(count + ")+");
        } else if (peek() == U'?') {
            if (!hasComma)
                refuse("an optional count");
            ++m_at;
            emit(count + "?");
        } else {
            emit(count);
        }
    }

    /// \s, \S, \d, \D, \w, \W, \p{…}, \P{…} behind the backslash; nothing is taken when it is another escape.
    std::optional<CodeSet> classEscape()
    {
        const char32_t c = peek();
        std::optional<CodeSet> set;
        bool negated = c == U'S' || c == U'D' || c == U'W' || c == U'P';
        switch (c) {
        case U's':
        case U'S': set = CodeSet::having(unicode::kSpace); break;
        case U'd':
        case U'D': set = CodeSet::having(kDecimalDigit); break;
        case U'w':
        case U'W': set = CodeSet::having(unicode::kWord); break;
        case U'p':
        case U'P':
            ++m_at;
            set = property(negated);
            break;
        default: return std::nullopt;
        }
        ++m_at;
        if (m_groups.back().ignoreCase && c != U's' && c != U'S' && c != U'd' && c != U'D')
            refuse("a property under (?i)");
        return negated ? set->complement() : set;
    }

    CodeSet property(bool& negated)
    {
        if (!take(U"{"))
            refuse("a property without braces");
        if (take(U"^"))
            negated = !negated;
        std::string name;
        for (; m_at < m_in.size() && peek() != U'}'; ++m_at)
            unicode::append(name, peek());
        if (m_at >= m_in.size())
            refuse("a property that is not closed");
        const auto known = unicode::namedProperty(name);
        if (!known)
            refuse("the property \"" + name + "\"");
        return CodeSet::having(*known); // the caller steps over the closing brace
    }

    char32_t hexadecimal(std::size_t most)
    {
        char32_t value = 0;
        std::size_t digits = 0;
        for (; digits < most; ++digits, ++m_at) {
            const char32_t c = peek();
            if (isDigit(c))
                value = value * 16 + (c - U'0');
            else if (lower(c) >= U'a' && lower(c) <= U'f')
                value = value * 16 + (lower(c) - U'a' + 10);
            else
                break;
        }
        if (digits == 0 || value >= unicode::kCodePoints)
            refuse("a character code that is none");
        return value;
    }

    /// What a backslash before a single character stands for.
    char32_t literalEscape()
    {
        if (m_at >= m_in.size())
            refuse("a backslash at its end");
        const char32_t c = m_in[m_at++];
        switch (c) {
        case U'n': return U'\n';
        case U'r': return U'\r';
        case U't': return U'\t';
        case U'f': return U'\f';
        case U'v': return U'\v';
        case U'a': return U'\a';
        case U'e': return 0x1B;
        case U'u': {
            const std::size_t start = m_at;
            const char32_t code = hexadecimal(4);
            if (m_at - start != 4)
                refuse("\\u without four digits");
            return code;
        }
        case U'x': {
            if (!take(U"{")) {
                const char32_t code = hexadecimal(2);
                if (code >= 0x80)
                    refuse("a raw byte"); // not a code point to the reference
                return code;
            }
            const char32_t code = hexadecimal(6);
            if (!take(U"}"))
                refuse("\\x{ without its end");
            return code;
        }
        default: break;
        }
        if (isAsciiLetter(c) || isDigit(c) || c >= 0x80)
            refuse("the escape \\" + std::string(c < 0x80 ? 1 : 0, static_cast<char>(c)));
        return c;
    }

    CodeSet characterClass()
    {
        const bool negated = take(U"^");
        CodeSet literals;
        CodeSet escapes; // blanks and digits: they have no case
        bool isFirst = true;
        while (peek() != U']' || isFirst) {
            if (m_at >= m_in.size())
                refuse("a class that is not closed");
            const char32_t c = m_in[m_at++];
            if (c == U'[' || (isFirst && c == U']') || (c == U'&' && peek() == U'&'))
                refuse("a class inside a class");
            if (c == U'-' && !isFirst && peek() != U']')
                refuse("a hyphen inside a class that is not part of a range");
            isFirst = false;
            if (c == U'\\') {
                if (const auto escaped = classEscape()) {
                    escapes.add(*escaped);
                    continue;
                }
                classRange(literals, literalEscape());
            } else {
                classRange(literals, c);
            }
        }
        ++m_at;
        CodeSet set = m_groups.back().ignoreCase ? caseVariants(literals) : literals;
        set.add(escapes);
        return negated ? set.complement() : set;
    }

    void classRange(CodeSet& set, char32_t first)
    {
        char32_t last = first;
        if (peek() == U'-' && peek(1) != U']' && m_at + 1 < m_in.size()) {
            ++m_at;
            last = m_in[m_at++];
            if (last == U'[')
                refuse("a class inside a class");
            if (last == U'\\') {
                if (classEscape())
                    refuse("a range that ends in a class");
                last = literalEscape();
            }
            if (last < first)
                refuse("a range that runs backwards");
        }
        set.add(first, last);
    }

    const std::string& m_expression;
    const std::string& m_source;
    std::u32string m_in;
    std::size_t m_at = 0;
    std::u32string m_out;
    std::vector<Group> m_groups;
    std::size_t m_atom = kNone; // where in m_out the last thing starts that a quantifier would repeat
    bool m_atomIsGroup = false;
    bool m_atomHasCount = false;
    char32_t m_lastLetter = U'\0'; // the literal before, under (?i)
};

} // namespace

std::u32string translateRegex(const std::string& expression, const std::string& source)
{
    return Translator(expression, source).run();
}

} // namespace falconer
