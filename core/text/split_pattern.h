// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// A stretch of text, and whether the pattern matched it. Matches and what lies between cover the text.
struct PatternSpan {
    std::size_t begin;
    std::size_t end;
    bool isMatch;
};

/// What a pre-tokenizer cuts at.
class SplitPattern {
public:
    virtual ~SplitPattern() = default;
    /// Appends the spans that cover `text` (well-formed UTF-8), offsets from its start. A match may be empty.
    virtual void find(std::string_view text, std::vector<PatternSpan>& spans) const = 0;
};

/// Matches every occurrence of a fixed string; an empty one matches as the empty expression does.
std::unique_ptr<SplitPattern> literalPattern(std::string text);

/// GPT-2's pattern, which ByteLevel applies by itself.
std::unique_ptr<SplitPattern> gpt2Pattern();

/// Llama-3's pattern, or with `digits` 1 Qwen's: up to `digits` numerals make a piece.
std::unique_ptr<SplitPattern> llama3Pattern(std::size_t digits);

/// Falcon's: three ASCII digits.
std::unique_ptr<SplitPattern> threeDigitsPattern();

/// Every code point that has one of the properties `any` (unicode.h), one match each.
std::unique_ptr<SplitPattern> classPattern(std::uint64_t any);

/// The pre-tokenizer Whitespace: words, and runs of what is neither word nor blank.
std::unique_ptr<SplitPattern> wordsPattern();

/// A regular expression as the reference's engine (Oniguruma) reads it: the well-known ones above are matched by hand,
/// any other by PCRE2. Throws modelUnsupported (subject `source`) for what would not mean the same there.
std::unique_ptr<SplitPattern> regexPattern(const std::string& expression, const std::string& source);

/// One of SplitDelimiterBehavior of the reference.
enum class SplitBehavior { removed, isolated, contiguous, mergedWithPrevious, mergedWithNext };

/// Turns matches into pieces: what is kept, in order, as [begin, end). Empty pieces are left out.
struct PieceSpan {
    std::size_t begin;
    std::size_t end;
};
void applyBehavior(
    const std::vector<PatternSpan>& spans, SplitBehavior behavior, bool invert, std::vector<PieceSpan>& pieces);

} // namespace falconer
