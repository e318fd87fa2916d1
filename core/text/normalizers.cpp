// SPDX-License-Identifier: Apache-2.0
#include "core/text/pipeline.h"

#include "core/text/unicode.h"

#include <utility>

namespace falconer {
namespace {

class PrependNormalizer final : public Normalizer {
public:
    explicit PrependNormalizer(std::string prefix)
        : m_prefix(std::move(prefix))
    {
    }

private:
    std::string apply(std::string text) const override { return text.empty() ? text : m_prefix + text; }

    std::string m_prefix;
};

class ReplaceNormalizer final : public Normalizer {
public:
    ReplaceNormalizer(std::unique_ptr<SplitPattern> pattern, std::string content)
        : m_pattern(std::move(pattern))
        , m_content(std::move(content))
    {
    }

private:
    std::string apply(std::string text) const override
    {
        std::vector<PatternSpan> spans;
        m_pattern->find(text, spans);
        std::string replaced;
        replaced.reserve(text.size());
        for (const PatternSpan& span : spans)
            replaced += span.isMatch ? std::string_view(m_content)
                                     : std::string_view(text).substr(span.begin, span.end - span.begin);
        return replaced;
    }

    std::unique_ptr<SplitPattern> m_pattern;
    std::string m_content;
};

class ByteLevelNormalizer final : public Normalizer {
    std::string apply(std::string text) const override { return unicode::toByteCharacters(text); }
};

class SequenceNormalizer final : public Normalizer {
public:
    explicit SequenceNormalizer(std::vector<std::unique_ptr<Normalizer>> steps)
        : m_steps(std::move(steps))
    {
    }

private:
    std::string apply(std::string text) const override
    {
        for (const auto& step : m_steps)
            text = step->apply(std::move(text));
        return text;
    }

    std::vector<std::unique_ptr<Normalizer>> m_steps;
};

} // namespace

std::unique_ptr<Normalizer> prependNormalizer(std::string prefix)
{
    return std::make_unique<PrependNormalizer>(std::move(prefix));
}

std::unique_ptr<Normalizer> replaceNormalizer(std::unique_ptr<SplitPattern> pattern, std::string content)
{
    return std::make_unique<ReplaceNormalizer>(std::move(pattern), std::move(content));
}

std::unique_ptr<Normalizer> byteLevelNormalizer() { return std::make_unique<ByteLevelNormalizer>(); }

std::unique_ptr<Normalizer> sequenceNormalizer(std::vector<std::unique_ptr<Normalizer>> steps)
{
    return std::make_unique<SequenceNormalizer>(std::move(steps));
}

} // namespace falconer
