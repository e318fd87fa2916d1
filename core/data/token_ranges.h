// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace falconer {

/// The bytes of `text` that each of its tokens stands for; of a token that stands for none (one that was added) an
/// empty range. Throws modelUnsupported for a tokenizer that changes the text beyond an added or swallowed blank.
std::vector<ByteRange> tokenRanges(
    std::string_view text, std::span<const std::int32_t> ids, const Tokenizer& tokenizer);

/// 1 for the tokens of the `answers`, by Transformers' rule for return_assistant_tokens_mask: from the token in which
/// an answer's first character lies to the one in which its last one does (where several make up one character, the
/// first of them).
std::vector<std::uint8_t> answerMask(
    std::string_view text, std::span<const ByteRange> tokens, std::span<const ByteRange> answers);

} // namespace falconer
