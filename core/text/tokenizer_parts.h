// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/added_tokens.h"
#include "core/text/bpe_model.h"
#include "core/text/pipeline.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

class GgufFile;
class Tokenizer;

/// What turns text into ids and back: the content of a tokenizer.json.
struct TokenizerParts {
    std::unique_ptr<BpeModel> model;
    AddedTokens added;
    std::unique_ptr<Normalizer> normalizer; ///< may be null
    std::unique_ptr<PreTokenizer> preTokenizer; ///< may be null
    std::unique_ptr<Decoder> decoder; ///< may be null: pieces are then joined by blanks, as the reference does
    SpecialFrame frame;

    /// An added token first, then the model's.
    std::optional<std::int32_t> find(std::string_view piece) const;
};

/// Which ids play which part, and the chat template: the files beside tokenizer.json, or the metadata of a GGUF file.
struct TokenizerRoles {
    std::optional<std::int32_t> bos;
    std::optional<std::int32_t> eos;
    std::optional<std::int32_t> pad;
    std::vector<std::int32_t> stopIds;
    std::map<std::string, std::string> specialTokens; ///< "unk_token" and its like
    std::optional<std::string> chatTemplate;

    /// Adds an id at which generation ends, once.
    void addStop(std::int32_t id);
};

/// `json` is the text of a tokenizer.json; `source` names it in errors. Throws fileMalformed, modelUnsupported.
TokenizerParts parseTokenizerJson(std::string_view json, const std::string& source);

/// tokenizer_config.json, special_tokens_map.json, generation_config.json, config.json and chat_template.jinja, each
/// where it exists. Throws fileMalformed.
TokenizerRoles readTokenizerRoles(const std::filesystem::path& folder, const TokenizerParts& parts);

/// The tokenizer.ggml.* metadata. Throws fileMalformed, modelUnsupported.
TokenizerParts readGgufTokenizer(const GgufFile& file);
TokenizerRoles readGgufRoles(const GgufFile& file, const TokenizerParts& parts);

std::unique_ptr<Tokenizer> makeTokenizer(TokenizerParts parts, TokenizerRoles roles);

} // namespace falconer
