// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

class GgufFile;

/// Text to ids and back, exactly as the reference `tokenizers` library does it. Immutable: safe from several threads.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    /// Ids of UTF-8 text. With `addSpecial` the file's own post-processor adds what it adds (Llama-3:
    /// <|begin_of_text|>).
    virtual std::vector<std::int32_t> encode(std::string_view text, bool addSpecial = true) const = 0;
    /// The bytes of one id (a byte-level piece may be part of a character); added tokens give their content.
    virtual std::string bytes(std::int32_t id) const = 0;
    /// The id's own string in the vocabulary ("Ġthe"); empty for an id that has none.
    virtual std::string piece(std::int32_t id) const = 0;
    virtual std::optional<std::int32_t> find(std::string_view piece) const = 0;
    virtual bool isSpecial(std::int32_t id) const = 0;
    /// One past the largest id.
    virtual std::int32_t size() const = 0;

    virtual std::optional<std::int32_t> bos() const = 0;
    virtual std::optional<std::int32_t> eos() const = 0;
    virtual std::optional<std::int32_t> pad() const = 0; ///< falls back to eos
    /// Every id at which generation ends: eos, and those of generation_config.json.
    virtual std::span<const std::int32_t> stopIds() const = 0;
    /// The tokens that the model's files give a name to, "unk_token" and its like, with their text: what Transformers
    /// calls special_tokens_map.
    virtual std::map<std::string, std::string> specialTokens() const { return {}; }
    /// The model's own chat template (Jinja), where it has one.
    virtual std::optional<std::string> chatTemplate() const = 0;

    /// All ids at once: bytes joined, ill-formed UTF-8 replaced once over the whole.
    virtual std::string decode(std::span<const std::int32_t> ids, bool skipSpecial = false) const;
};

/// From a model folder: tokenizer.json with tokenizer_config.json, generation_config.json and chat_template.jinja
/// beside it. Throws fileMissing, fileMalformed, or modelUnsupported naming the section that is not known.
std::unique_ptr<Tokenizer> loadTokenizer(const std::filesystem::path& folder);

/// From the metadata of a GGUF file (tokenizer.ggml.model "gpt2"; pre: falcon, llama-bpe, falcon3, smollm, gpt-2, …).
std::unique_ptr<Tokenizer> loadTokenizer(const GgufFile& file);

/// A folder, or a .gguf file.
std::unique_ptr<Tokenizer> loadTokenizerFor(const std::filesystem::path& model);

} // namespace falconer
