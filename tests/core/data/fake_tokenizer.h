// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/tokenizer.h"

#include <string>

namespace falconer::test {

/// One id a byte; "ab" also has an id of its own, so that a prompt's end can merge with its completion; "<end>" is
/// the end of text.
class FakeTokenizer : public Tokenizer {
public:
    static constexpr std::int32_t kEnd = 256;
    static constexpr std::int32_t kAb = 257;
    static constexpr std::int32_t kBegin = 258;

    bool hasEnd = true;
    bool addsBegin = false;

    std::vector<std::int32_t> encode(std::string_view text, bool addSpecial = true) const override
    {
        std::vector<std::int32_t> ids;
        if (addsBegin && addSpecial)
            ids.push_back(kBegin);
        while (!text.empty()) {
            if (hasEnd && text.starts_with("<end>")) {
                ids.push_back(kEnd);
                text.remove_prefix(5);
            } else if (text.starts_with("ab")) {
                ids.push_back(kAb);
                text.remove_prefix(2);
            } else {
                ids.push_back(static_cast<unsigned char>(text.front()));
                text.remove_prefix(1);
            }
        }
        return ids;
    }
    std::string bytes(std::int32_t id) const override
    {
        switch (id) {
        case kEnd: return "<end>";
        case kAb: return "ab";
        case kBegin: return "<begin>";
        default: return std::string(1, static_cast<char>(id));
        }
    }
    std::string piece(std::int32_t id) const override { return bytes(id); }
    std::optional<std::int32_t> find(std::string_view) const override { return std::nullopt; }
    bool isSpecial(std::int32_t id) const override { return id == kEnd || id == kBegin; }
    std::int32_t size() const override { return 259; }
    std::optional<std::int32_t> bos() const override { return std::nullopt; }
    std::optional<std::int32_t> eos() const override { return hasEnd ? std::optional(kEnd) : std::nullopt; }
    std::optional<std::int32_t> pad() const override { return eos(); }
    std::span<const std::int32_t> stopIds() const override { return {}; }
    std::optional<std::string> chatTemplate() const override { return std::nullopt; }
};

} // namespace falconer::test
