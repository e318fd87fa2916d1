// SPDX-License-Identifier: Apache-2.0
#include "core/text/pipeline.h"

#include "core/text/unicode.h"

#include <utility>

namespace falconer {
namespace {

/// Rewrites every piece with `change(view, isTextStart)`, which returns its new text; pieces that become empty go.
template <class Change>
void rewrite(PreText& text, const Change& change)
{
    std::string fresh;
    fresh.reserve(text.text.size() + text.text.size() / 4);
    std::vector<PieceSpan> pieces;
    pieces.reserve(text.pieces.size());
    for (std::size_t i = 0; i < text.pieces.size(); ++i) {
        const std::size_t begin = fresh.size();
        fresh += change(text.view(text.pieces[i]), i == 0 && text.atStart);
        if (fresh.size() > begin)
            pieces.push_back({begin, fresh.size()});
    }
    text.text = std::move(fresh);
    text.pieces = std::move(pieces);
}

void split(PreText& text, const SplitPattern& pattern, SplitBehavior behavior, bool invert)
{
    std::vector<PieceSpan> pieces;
    pieces.reserve(text.pieces.size() * 2);
    std::vector<PatternSpan> spans;
    for (const PieceSpan& piece : text.pieces) {
        spans.clear();
        pattern.find(text.view(piece), spans);
        const std::size_t before = pieces.size();
        applyBehavior(spans, behavior, invert, pieces);
        for (std::size_t i = before; i < pieces.size(); ++i) {
            pieces[i].begin += piece.begin;
            pieces[i].end += piece.begin;
        }
    }
    text.atStart = text.atStart && !pieces.empty() && pieces.front().begin == text.pieces.front().begin;
    text.pieces = std::move(pieces);
}

class ByteLevelPreTokenizer final : public PreTokenizer {
public:
    ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex)
        : m_addPrefixSpace(addPrefixSpace)
        , m_pattern(useRegex ? gpt2Pattern() : nullptr)
    {
    }

private:
    void apply(PreText& text) const override
    {
        if (m_addPrefixSpace)
            rewrite(text, [](std::string_view piece, bool) {
                return piece.front() == ' ' ? std::string(piece) : " " + std::string(piece);
            });
        if (m_pattern)
            split(text, *m_pattern, SplitBehavior::isolated, false);
        rewrite(text, [](std::string_view piece, bool) { return unicode::toByteCharacters(piece); });
    }

    bool m_addPrefixSpace;
    std::unique_ptr<SplitPattern> m_pattern;
};

class SplitPreTokenizer final : public PreTokenizer {
public:
    SplitPreTokenizer(std::unique_ptr<SplitPattern> pattern, SplitBehavior behavior, bool invert)
        : m_pattern(std::move(pattern))
        , m_behavior(behavior)
        , m_invert(invert)
    {
    }

private:
    void apply(PreText& text) const override { split(text, *m_pattern, m_behavior, m_invert); }

    std::unique_ptr<SplitPattern> m_pattern;
    SplitBehavior m_behavior;
    bool m_invert;
};

class MetaspacePreTokenizer final : public PreTokenizer {
public:
    MetaspacePreTokenizer(std::string replacement, PrependScheme scheme, bool splits)
        : m_replacement(std::move(replacement))
        , m_scheme(scheme)
        , m_pattern(splits ? literalPattern(m_replacement) : nullptr)
    {
    }

private:
    void apply(PreText& text) const override
    {
        rewrite(text, [&](std::string_view piece, bool isTextStart) {
            std::string replaced;
            for (const char c : piece) {
                if (c == ' ')
                    replaced += m_replacement;
                else
                    replaced += c;
            }
            const bool wanted = m_scheme == PrependScheme::always || (m_scheme == PrependScheme::first && isTextStart);
            return wanted && !replaced.starts_with(m_replacement) ? m_replacement + replaced : replaced;
        });
        if (m_pattern)
            split(text, *m_pattern, SplitBehavior::mergedWithNext, false);
    }

    std::string m_replacement;
    PrependScheme m_scheme;
    std::unique_ptr<SplitPattern> m_pattern;
};

class SequencePreTokenizer final : public PreTokenizer {
public:
    explicit SequencePreTokenizer(std::vector<std::unique_ptr<PreTokenizer>> steps)
        : m_steps(std::move(steps))
    {
    }

private:
    void apply(PreText& text) const override
    {
        for (const auto& step : m_steps)
            step->apply(text);
    }

    std::vector<std::unique_ptr<PreTokenizer>> m_steps;
};

} // namespace

PreText::PreText(std::string whole, bool startsText)
    : text(std::move(whole))
    , atStart(startsText)
{
    if (!text.empty())
        pieces.push_back({0, text.size()});
}

std::unique_ptr<PreTokenizer> byteLevelPreTokenizer(bool addPrefixSpace, bool useRegex)
{
    return std::make_unique<ByteLevelPreTokenizer>(addPrefixSpace, useRegex);
}

std::unique_ptr<PreTokenizer> splitPreTokenizer(
    std::unique_ptr<SplitPattern> pattern, SplitBehavior behavior, bool invert)
{
    return std::make_unique<SplitPreTokenizer>(std::move(pattern), behavior, invert);
}

std::unique_ptr<PreTokenizer> metaspacePreTokenizer(std::string replacement, PrependScheme scheme, bool split)
{
    return std::make_unique<MetaspacePreTokenizer>(std::move(replacement), scheme, split);
}

std::unique_ptr<PreTokenizer> sequencePreTokenizer(std::vector<std::unique_ptr<PreTokenizer>> steps)
{
    return std::make_unique<SequencePreTokenizer>(std::move(steps));
}

std::unique_ptr<PreTokenizer> falconPreTokenizer()
{
    std::vector<std::unique_ptr<PreTokenizer>> steps;
    steps.push_back(splitPreTokenizer(classPattern(unicode::kOldPunctuation), SplitBehavior::contiguous, false));
    steps.push_back(byteLevelPreTokenizer(false, true));
    steps.push_back(splitPreTokenizer(classPattern(unicode::kRustNumeric), SplitBehavior::contiguous, false));
    steps.push_back(splitPreTokenizer(threeDigitsPattern(), SplitBehavior::isolated, false));
    return sequencePreTokenizer(std::move(steps));
}

std::unique_ptr<PreTokenizer> llama3PreTokenizer()
{
    std::vector<std::unique_ptr<PreTokenizer>> steps;
    steps.push_back(splitPreTokenizer(llama3Pattern(3), SplitBehavior::isolated, false));
    steps.push_back(byteLevelPreTokenizer(false, false));
    return sequencePreTokenizer(std::move(steps));
}

std::unique_ptr<PreTokenizer> smolLmPreTokenizer()
{
    std::vector<std::unique_ptr<PreTokenizer>> steps;
    steps.push_back(splitPreTokenizer(classPattern(unicode::kRustNumeric), SplitBehavior::isolated, false));
    steps.push_back(byteLevelPreTokenizer(false, true));
    return sequencePreTokenizer(std::move(steps));
}

} // namespace falconer
