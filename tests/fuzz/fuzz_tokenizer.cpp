// SPDX-License-Identifier: Apache-2.0
// A tokenizer.json and a text, with a zero byte between: whatever they hold, Error is all that may be thrown.
#include "core/base/error.h"
#include "core/text/tokenizer.h"
#include "core/text/tokenizer_parts.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t border = input.find('\0');
    const std::string_view text = border == std::string_view::npos ? "Isn't it 1234? é雨 \n" : input.substr(border + 1);
    try {
        const auto tokenizer
            = falconer::makeTokenizer(falconer::parseTokenizerJson(input.substr(0, border), "tokenizer.json"), {});
        const auto ids = tokenizer->encode(text);
        tokenizer->decode(ids, true);
        for (const std::int32_t id : ids)
            tokenizer->bytes(id);
    } catch (const falconer::Error&) {
        // the file was refused, and said why
    }
    return 0;
}
