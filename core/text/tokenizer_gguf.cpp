// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/formats/gguf.h"
#include "core/text/tokenizer_parts.h"

#include <utility>

namespace falconer {
namespace {

// llama.cpp's token types, as far as they matter here
constexpr std::int64_t kControl = 3;
constexpr std::int64_t kUserDefined = 4;

constexpr const char* kTokensKey = "tokenizer.ggml.tokens";
constexpr const char* kTypesKey = "tokenizer.ggml.token_type";
constexpr const char* kMergesKey = "tokenizer.ggml.merges";

std::string subject(const GgufFile& file, const std::string& key) { return file.path().string() + ", " + key; }

[[noreturn]] void malformed(const GgufFile& file, const std::string& key, const std::string& problem)
{
    throw Error(ErrorCode::fileMalformed, subject(file, key), problem, "get the file again");
}

const std::vector<std::string>& requiredTexts(const GgufFile& file, const char* key)
{
    const std::vector<std::string>* const texts = file.texts(key);
    if (!texts)
        malformed(file, key, "it is missing");
    for (std::size_t i = 0; i < texts->size(); ++i)
        if (findInvalidUtf8((*texts)[i]) != std::string::npos)
            malformed(file, key, "entry " + std::to_string(i) + " is not valid UTF-8");
    return *texts;
}

BpeModel::Merges readMerges(const GgufFile& file)
{
    BpeModel::Merges merges;
    for (const std::string& line : requiredTexts(file, kMergesKey)) {
        const std::size_t blank = line.find(' ', 1); // a token may be a blank itself, never an empty string
        if (blank == std::string::npos)
            malformed(
                file, kMergesKey, "entry " + std::to_string(merges.size()) + " is not two tokens with a blank between");
        merges.emplace_back(line.substr(0, blank), line.substr(blank + 1));
    }
    return merges;
}

std::optional<std::int32_t> readId(const GgufFile& file, const std::string& name, const TokenizerParts& parts)
{
    const std::string key = "tokenizer.ggml." + name;
    const auto id = file.integer(key);
    if (!id || *id == 0xFFFFFFFF) // llama.cpp's "none"
        return std::nullopt;
    if (*id < 0 || *id >= parts.model->vocabulary().size())
        malformed(file, key, "no token has the id " + std::to_string(*id));
    return static_cast<std::int32_t>(*id);
}

bool isLlama3(std::string_view pre)
{
    return pre == "llama-bpe" || pre == "llama3" || pre == "llama-v3" || pre == "falcon3";
}

} // namespace

TokenizerParts readGgufTokenizer(const GgufFile& file)
{
    const std::string model = file.text("tokenizer.ggml.model").value_or("none");
    if (model != "gpt2")
        throw Error(ErrorCode::modelUnsupported, subject(file, "tokenizer.ggml.model"),
            "the tokenizer \"" + model + "\" is not supported",
            "use the model's folder with its tokenizer.json instead");

    TokenizerParts parts;
    // Old files name none; llama.cpp's default for them is close to Falcon's rules, from which it was made.
    const std::string pre = file.text("tokenizer.ggml.pre").value_or("default");
    if (pre == "falcon" || pre == "default")
        parts.preTokenizer = falconPreTokenizer();
    else if (isLlama3(pre))
        parts.preTokenizer = llama3PreTokenizer();
    else if (pre == "smollm")
        parts.preTokenizer = smolLmPreTokenizer();
    else if (pre == "gpt-2")
        parts.preTokenizer = byteLevelPreTokenizer(false, true);
    else
        throw Error(ErrorCode::modelUnsupported, subject(file, "tokenizer.ggml.pre"),
            "the pre-tokenizer \"" + pre + "\" is not supported",
            "use the model's folder with its tokenizer.json instead");
    parts.decoder = byteLevelDecoder();

    const std::vector<std::string>& pieces = requiredTexts(file, kTokensKey);
    if (pieces.size() > static_cast<std::size_t>(Vocabulary::kLargestId))
        malformed(file, kTokensKey, "it has too many entries");
    const auto types = file.integers(kTypesKey);
    if (types && types->size() != pieces.size())
        malformed(file, kTypesKey, "it has another length than the list of tokens");
    Vocabulary vocabulary;
    std::vector<AddedToken> added;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        vocabulary.add(pieces[i], static_cast<std::int32_t>(i));
        const std::int64_t type = types ? (*types)[i] : 1;
        if ((type == kControl || type == kUserDefined) && pieces[i].size() <= AddedTokens::kLongestContent)
            added.push_back({.content = pieces[i], .special = type == kControl});
    }
    BpeModel::Options options;
    options.ignoreMerges = isLlama3(pre);
    parts.model = std::make_unique<BpeModel>(std::move(vocabulary), readMerges(file), options, file.path().string());
    parts.added.add(added, parts.model->vocabulary(), {});

    // As llama.cpp: files of the Llama-3 line begin with BOS even where they do not say so.
    if (file.boolean("tokenizer.ggml.add_bos_token").value_or(isLlama3(pre)))
        if (const auto bos = readId(file, "bos_token_id", parts))
            parts.frame.before.push_back(*bos);
    if (file.boolean("tokenizer.ggml.add_eos_token").value_or(false))
        if (const auto eos = readId(file, "eos_token_id", parts))
            parts.frame.after.push_back(*eos);
    return parts;
}

TokenizerRoles readGgufRoles(const GgufFile& file, const TokenizerParts& parts)
{
    TokenizerRoles roles;
    roles.bos = readId(file, "bos_token_id", parts);
    roles.eos = readId(file, "eos_token_id", parts);
    roles.pad = readId(file, "padding_token_id", parts);
    for (const char* const name : {"eos_token_id", "eot_token_id", "eom_token_id"})
        if (const auto id = readId(file, name, parts))
            roles.addStop(*id);
    if (const auto id = file.integer("tokenizer.ggml.unknown_token_id"))
        if (const std::string* piece = *id < 0 || *id > Vocabulary::kLargestId
                ? nullptr
                : parts.model->vocabulary().piece(static_cast<std::int32_t>(*id)))
            roles.specialTokens["unk_token"] = *piece;
    roles.chatTemplate = file.text("tokenizer.chat_template");
    return roles;
}

} // namespace falconer
