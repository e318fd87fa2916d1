// SPDX-License-Identifier: Apache-2.0
// Any bytes are a chat template that renders or is refused: Error is all that may be thrown.
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/text/chat_template.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const nlohmann::ordered_json kContext = nlohmann::ordered_json::parse(R"({"messages":
        [{"role": "system", "content": "Short."}, {"role": "user", "content": "Why, é雨?"},
         {"role": "assistant", "content": "<think>x</think> So.", "tool_calls": [{"function": {"name": "f", "arguments": {"a": [1, 2.5, null]}}}]}],
        "tools": [{"name": "f"}], "bos_token": "<s>", "eos_token": "</s>", "add_generation_prompt": true})");
    falconer::RenderOptions options;
    options.limits = {200'000, std::int64_t{16} << 20, std::int64_t{1} << 20, 400};
    try {
        const auto chat = falconer::ChatTemplate::parse({reinterpret_cast<const char*>(data), size}, "fuzz.jinja")
                              .render(kContext, options);
        if (falconer::findInvalidUtf8(chat.text) != std::string_view::npos)
            std::abort();
        for (const falconer::ByteRange& range : chat.generated)
            if (range.begin > range.end || range.end > chat.text.size())
                std::abort();
    } catch (const falconer::Error&) {
        // the template was refused, and said why
    }
    return 0;
}
