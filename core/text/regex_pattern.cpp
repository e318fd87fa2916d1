// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/text/regex_translator.h"
#include "core/text/split_pattern.h"
#include "core/text/unicode.h"

// 32-bit code units: classes of a thousand ranges are past what the 8-bit library compiles, and text needs no UTF
// checks.
#define PCRE2_CODE_UNIT_WIDTH 32
#include <pcre2.h>

#include <array>
#include <type_traits>

namespace falconer {
namespace {

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const
    {
        release(object);
    }
};
using Code = std::unique_ptr<pcre2_code, Release<pcre2_code_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Release<pcre2_compile_context_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Release<pcre2_match_context_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Release<pcre2_match_data_free>>;

constexpr std::uint32_t kMostSteps = 10'000'000;
constexpr std::uint32_t kMostKibibytes = 256 * 1024;

static_assert(sizeof(PCRE2_UCHAR) == sizeof(char32_t));
PCRE2_SPTR units(const std::u32string& text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

class RegexPattern final : public SplitPattern {
public:
    RegexPattern(const std::string& expression, const std::string& source)
        : m_source(source)
        , m_context(pcre2_match_context_create(nullptr))
    {
        const std::u32string translated = translateRegex(expression, source);
        const CompileContext context(pcre2_compile_context_create(nullptr));
        if (!context || !m_context)
            throw Error(ErrorCode::outOfMemory, source, "there is no memory left for a pattern");
        pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
        pcre2_set_match_limit(m_context.get(), kMostSteps);
        pcre2_set_heap_limit(m_context.get(), kMostKibibytes);
        int error = 0;
        PCRE2_SIZE offset = 0;
        m_code.reset(pcre2_compile(units(translated), translated.size(), PCRE2_MULTILINE | PCRE2_NO_AUTO_CAPTURE,
            &error, &offset, context.get()));
        if (!m_code)
            throw Error(ErrorCode::modelUnsupported, source, "the pattern \"" + expression + "\" cannot be compiled",
                "use a tokenizer with a plainer pattern");
    }

private:
    // As the reference's find_iter: an empty match right behind the last match is skipped.
    void find(std::string_view text, std::vector<PatternSpan>& spans) const override
    {
        const std::u32string codes = unicode::toCodePoints(text);
        std::vector<std::size_t> offsets; // of each code point, and the end
        offsets.reserve(codes.size() + 1);
        for (std::size_t at = 0; at < text.size(); unicode::next(text, at))
            offsets.push_back(at);
        offsets.push_back(text.size());

        const MatchData data(pcre2_match_data_create_from_pattern(m_code.get(), nullptr));
        if (!data)
            throw Error(ErrorCode::outOfMemory, m_source, "there is no memory left for a pattern");
        std::size_t done = 0;
        std::size_t from = 0;
        bool hasMatch = false;
        while (from <= codes.size()) {
            const int result
                = pcre2_match(m_code.get(), units(codes), codes.size(), from, 0, data.get(), m_context.get());
            if (result == PCRE2_ERROR_NOMATCH)
                break;
            if (result < 0)
                throw Error(ErrorCode::modelUnsupported, m_source, "its pattern takes too many steps on this text",
                    "use a tokenizer with a plainer pattern");
            const PCRE2_SIZE* const ends = pcre2_get_ovector_pointer(data.get());
            const std::size_t begin = ends[0];
            const std::size_t end = ends[1];
            if (begin == end && hasMatch && end == done) {
                ++from;
                continue;
            }
            from = end;
            if (done < begin)
                spans.push_back({offsets[done], offsets[begin], false});
            spans.push_back({offsets[begin], offsets[end], true});
            done = end;
            hasMatch = true;
        }
        if (done < codes.size())
            spans.push_back({offsets[done], text.size(), false});
    }

    std::string m_source;
    Code m_code;
    MatchContext m_context;
};

} // namespace

std::unique_ptr<SplitPattern> regexPattern(const std::string& expression, const std::string& source)
{
    static constexpr std::string_view kGpt2
        = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
    static constexpr std::string_view kLlama3 = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|)"
                                                R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
    static constexpr std::string_view kQwen2 = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|)"
                                               R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
    if (expression == kGpt2)
        return gpt2Pattern();
    if (expression == kLlama3)
        return llama3Pattern(3);
    if (expression == kQwen2)
        return llama3Pattern(1);
    if (expression == "[0-9][0-9][0-9]")
        return threeDigitsPattern();
    if (expression == R"(\p{N})")
        return classPattern(unicode::kNumber);
    return std::make_unique<RegexPattern>(expression, source);
}

} // namespace falconer
