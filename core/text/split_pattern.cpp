// SPDX-License-Identifier: Apache-2.0
#include "core/text/split_pattern.h"

#include "core/text/unicode.h"

#include <array>
#include <optional>
#include <utility>

namespace falconer {
namespace {

using unicode::Mask;

constexpr Mask kLetterOrNumber = unicode::kLetter | unicode::kNumber;
constexpr Mask kPlain = unicode::kSpace | unicode::kLetter | unicode::kNumber; // what [^\s\p{L}\p{N}] leaves out

/// A cursor's code point with its properties; at the end of the text `code` is kEnd and no property is set.
struct Character {
    static constexpr char32_t kEnd = 0xFFFFFFFF;
    char32_t code = kEnd;
    Mask properties = 0;
    std::size_t end = 0;

    bool has(Mask any) const { return (properties & any) != 0; }
    bool isEnd() const { return code == kEnd; }
    bool isBreak() const { return code == U'\r' || code == U'\n'; }
    bool isOther() const { return !isEnd() && !has(kPlain); }
};

Character characterAt(std::string_view text, std::size_t at)
{
    Character c;
    c.end = at;
    if (at < text.size()) {
        c.code = unicode::next(text, c.end);
        c.properties = unicode::properties(c.code);
    }
    return c;
}

/// The end of the run of code points with one of the properties that starts at `at`.
std::size_t runOf(std::string_view text, std::size_t at, Mask any, std::size_t limit = std::string_view::npos)
{
    for (; limit > 0; --limit) {
        const Character c = characterAt(text, at);
        if (!c.has(any))
            break;
        at = c.end;
    }
    return at;
}

std::size_t runOfOthers(std::string_view text, std::size_t at)
{
    for (Character c = characterAt(text, at); c.isOther(); c = characterAt(text, at))
        at = c.end;
    return at;
}

/// \s+(?!\S)|\s+ at a blank: the last blank of several stays with the word behind them.
std::size_t blanks(std::string_view text, std::size_t at)
{
    const std::size_t end = runOf(text, at, unicode::kSpace);
    if (end == text.size())
        return end;
    std::size_t last = end;
    unicode::previous(text, last);
    return last > at ? last : end;
}

/// The length of s, t, re, ve, m, ll or d at `at`, or 0.
std::size_t contraction(std::string_view text, std::size_t at, bool ignoreCase)
{
    const auto letter = [&](std::size_t index) -> char {
        if (index >= text.size())
            return 0;
        const char c = text[index];
        return ignoreCase && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    const char first = letter(at);
    const char second = letter(at + 1);
    if (first == 's' || first == 't')
        return 1;
    if ((first == 'r' || first == 'v') && second == 'e')
        return 2;
    if (first == 'm' || first == 'd')
        return 1;
    if (first == 'l' && second == 'l')
        return 2;
    // (?i) also takes the long s, U+017F
    return ignoreCase && text.substr(at, 2) == "\xC5\xBF" ? 2 : 0;
}

/// Patterns whose alternatives together match every character, so that matches alone cover the text.
class CoveringPattern : public SplitPattern {
public:
    void find(std::string_view text, std::vector<PatternSpan>& spans) const final
    {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = matchAt(text, at);
            spans.push_back({at, end, true});
            at = end;
        }
    }

private:
    /// The end of the match that starts at `at`.
    virtual std::size_t matchAt(std::string_view text, std::size_t at) const = 0;
};

// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
class Gpt2Pattern final : public CoveringPattern {
    std::size_t matchAt(std::string_view text, std::size_t at) const override
    {
        const Character first = characterAt(text, at);
        if (first.code == U'\'')
            if (const std::size_t length = contraction(text, first.end, false))
                return first.end + length;
        const std::size_t start = first.code == U' ' ? first.end : at;
        const Character c = characterAt(text, start);
        if (c.has(unicode::kLetter))
            return runOf(text, start, unicode::kLetter);
        if (c.has(unicode::kNumber))
            return runOf(text, start, unicode::kNumber);
        if (c.isOther())
            return runOfOthers(text, start);
        return blanks(text, at);
    }
};

// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
class Llama3Pattern final : public CoveringPattern {
public:
    explicit Llama3Pattern(std::size_t digits)
        : m_digits(digits)
    {
    }

private:
    std::size_t matchAt(std::string_view text, std::size_t at) const override
    {
        const Character first = characterAt(text, at);
        if (first.code == U'\'')
            if (const std::size_t length = contraction(text, first.end, true))
                return first.end + length;
        if (first.has(unicode::kLetter))
            return runOf(text, at, unicode::kLetter);
        if (!first.isBreak() && !first.has(kLetterOrNumber) && characterAt(text, first.end).has(unicode::kLetter))
            return runOf(text, first.end, unicode::kLetter);
        if (first.has(unicode::kNumber))
            return runOf(text, at, unicode::kNumber, m_digits);
        const std::size_t start = first.code == U' ' ? first.end : at;
        if (characterAt(text, start).isOther()) {
            std::size_t end = runOfOthers(text, start);
            while (end < text.size() && (text[end] == '\r' || text[end] == '\n'))
                ++end;
            return end;
        }
        // \s*[\r\n]+ takes the blanks up to the last line break among them
        const std::size_t end = runOf(text, at, unicode::kSpace);
        const std::size_t lineBreak = text.substr(at, end - at).find_last_of("\r\n");
        return lineBreak == std::string_view::npos ? blanks(text, at) : at + lineBreak + 1;
    }

    std::size_t m_digits;
};

/// Patterns that match here and there: `matchAt` says where a match that starts at `at` ends.
template <class MatchAt>
void findSparse(std::string_view text, std::vector<PatternSpan>& spans, const MatchAt& matchAt)
{
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::optional<std::size_t> end = matchAt(at)) {
            if (done < at)
                spans.push_back({done, at, false});
            spans.push_back({at, *end, true});
            at = done = *end;
        } else {
            unicode::next(text, at);
        }
    }
    if (done < text.size())
        spans.push_back({done, text.size(), false});
}

class ThreeDigitsPattern final : public SplitPattern {
    void find(std::string_view text, std::vector<PatternSpan>& spans) const override
    {
        const auto isDigit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
        findSparse(text, spans, [&](std::size_t at) {
            const bool matches = isDigit(at) && isDigit(at + 1) && isDigit(at + 2);
            return matches ? std::optional(at + 3) : std::nullopt;
        });
    }
};

class ClassPattern final : public SplitPattern {
public:
    explicit ClassPattern(Mask any)
        : m_any(any)
    {
    }

private:
    void find(std::string_view text, std::vector<PatternSpan>& spans) const override
    {
        findSparse(text, spans, [&](std::size_t at) {
            const Character c = characterAt(text, at);
            return c.has(m_any) ? std::optional(c.end) : std::nullopt;
        });
    }

    Mask m_any;
};

class WordsPattern final : public SplitPattern {
    void find(std::string_view text, std::vector<PatternSpan>& spans) const override
    {
        constexpr Mask kWordOrSpace = unicode::kRegexWord | unicode::kRegexSpace;
        findSparse(text, spans, [&](std::size_t at) -> std::optional<std::size_t> {
            Character c = characterAt(text, at);
            if (c.has(unicode::kRegexWord))
                return runOf(text, at, unicode::kRegexWord);
            if (c.has(unicode::kRegexSpace))
                return std::nullopt;
            std::size_t end = at;
            for (; !c.isEnd() && !c.has(kWordOrSpace); c = characterAt(text, end))
                end = c.end;
            return end;
        });
    }
};

class LiteralPattern final : public SplitPattern {
public:
    explicit LiteralPattern(std::string text)
        : m_text(std::move(text))
    {
    }

private:
    void find(std::string_view text, std::vector<PatternSpan>& spans) const override
    {
        if (m_text.empty()) {
            emptyMatches(text, spans);
            return;
        }
        std::size_t done = 0;
        for (std::size_t at = text.find(m_text); at != std::string_view::npos; at = text.find(m_text, done)) {
            if (done < at)
                spans.push_back({done, at, false});
            done = at + m_text.size();
            spans.push_back({at, done, true});
        }
        if (done < text.size())
            spans.push_back({done, text.size(), false});
    }

    static void emptyMatches(std::string_view text, std::vector<PatternSpan>& spans)
    {
        std::size_t at = 0;
        while (at < text.size()) {
            spans.push_back({at, at, true});
            const std::size_t start = at;
            unicode::next(text, at);
            spans.push_back({start, at, false});
        }
        spans.push_back({at, at, true});
    }

    std::string m_text;
};

/// Joins a span with its predecessor in `merged` when `join` says so.
void push(std::vector<PieceSpan>& merged, const PatternSpan& span, bool join)
{
    if (join && !merged.empty())
        merged.back().end = span.end;
    else
        merged.push_back({span.begin, span.end});
}

} // namespace

std::unique_ptr<SplitPattern> literalPattern(std::string text)
{
    return std::make_unique<LiteralPattern>(std::move(text));
}
std::unique_ptr<SplitPattern> gpt2Pattern() { return std::make_unique<Gpt2Pattern>(); }
std::unique_ptr<SplitPattern> llama3Pattern(std::size_t digits) { return std::make_unique<Llama3Pattern>(digits); }
std::unique_ptr<SplitPattern> threeDigitsPattern() { return std::make_unique<ThreeDigitsPattern>(); }
std::unique_ptr<SplitPattern> classPattern(Mask any) { return std::make_unique<ClassPattern>(any); }
std::unique_ptr<SplitPattern> wordsPattern() { return std::make_unique<WordsPattern>(); }

void applyBehavior(
    const std::vector<PatternSpan>& spans, SplitBehavior behavior, bool invert, std::vector<PieceSpan>& pieces)
{
    std::vector<PieceSpan> merged;
    merged.reserve(spans.size());
    bool previousMatch = false;
    switch (behavior) {
    case SplitBehavior::isolated:
        for (const PatternSpan& span : spans)
            push(merged, span, false);
        break;
    case SplitBehavior::removed:
        for (const PatternSpan& span : spans)
            if (span.isMatch == invert)
                push(merged, span, false);
        break;
    case SplitBehavior::contiguous:
        for (const PatternSpan& span : spans) {
            const bool isMatch = span.isMatch != invert;
            push(merged, span, isMatch == previousMatch);
            previousMatch = isMatch;
        }
        break;
    case SplitBehavior::mergedWithPrevious:
        for (const PatternSpan& span : spans) {
            const bool isMatch = span.isMatch != invert;
            push(merged, span, isMatch && !previousMatch);
            previousMatch = isMatch;
        }
        break;
    case SplitBehavior::mergedWithNext:
        for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
            const bool isMatch = span->isMatch != invert;
            if (isMatch && !previousMatch && !merged.empty())
                merged.back().begin = span->begin;
            else
                merged.push_back({span->begin, span->end});
            previousMatch = isMatch;
        }
        for (auto piece = merged.rbegin(); piece != merged.rend(); ++piece)
            if (piece->begin < piece->end)
                pieces.push_back(*piece);
        return;
    }
    for (const PieceSpan& piece : merged)
        if (piece.begin < piece.end)
            pieces.push_back(piece);
}

} // namespace falconer
