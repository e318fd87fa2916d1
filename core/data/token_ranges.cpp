// SPDX-License-Identifier: Apache-2.0
#include "core/data/token_ranges.h"

#include "core/base/error.h"

#include <algorithm>

namespace falconer {
namespace {

/// The token that holds the byte, or the number of tokens when none does.
std::size_t tokenAt(std::span<const ByteRange> tokens, std::size_t byte)
{
    const auto behind = std::ranges::partition_point(tokens, [&](const ByteRange& token) { return token.end <= byte; });
    const bool found = behind != tokens.end() && behind->begin <= byte;
    return found ? static_cast<std::size_t>(behind - tokens.begin()) : tokens.size();
}

} // namespace

std::vector<ByteRange> tokenRanges(std::string_view text, std::span<const std::int32_t> ids, const Tokenizer& tokenizer)
{
    std::vector<ByteRange> ranges;
    ranges.reserve(ids.size());
    std::size_t at = 0;
    for (const std::int32_t id : ids) {
        const std::string bytes = tokenizer.bytes(id);
        const auto take = [&](std::size_t begin, std::string_view part) {
            if (!text.substr(begin).starts_with(part))
                return false;
            at = begin + part.size();
            ranges.push_back({begin, at});
            return true;
        };
        // Special tokens may swallow the blanks around them; SentencePiece puts one before the first word.
        const std::size_t word = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
        if (take(at, bytes) || (bytes.starts_with(' ') && take(at, std::string_view(bytes).substr(1)))
            || take(word, bytes))
            continue;
        throw Error(ErrorCode::modelUnsupported, "the tokenizer",
            "it changes the text, so the assistant's words cannot be found among its tokens",
            "set data.loss_on to completion or all");
    }
    return ranges;
}

std::vector<std::uint8_t> answerMask(
    std::string_view text, std::span<const ByteRange> tokens, std::span<const ByteRange> answers)
{
    std::vector<std::uint8_t> mask(tokens.size(), 0);
    for (const ByteRange& answer : answers) {
        if (answer.end == 0)
            continue;
        // The start of the last character: of an empty answer the one before it, as the reference has it.
        std::size_t last = answer.end - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80)
            --last;
        const std::size_t first = tokenAt(tokens, answer.begin);
        const std::size_t end = std::min(tokenAt(tokens, last) + 1, tokens.size());
        for (std::size_t i = first; i < end; ++i)
            mask[i] = 1;
    }
    return mask;
}

} // namespace falconer
