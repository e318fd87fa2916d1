// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/text/json_section.h"
#include "core/text/tokenizer_parts.h"

namespace falconer {
namespace {

/// A JSON file of the folder; null where it does not exist.
nlohmann::json readOptional(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? parseJson(readFile(file), file.string()) : nlohmann::json();
}

/// The id of the token that `key` names, as a string or as an object with its content; nothing when it names none.
std::optional<std::int32_t> namedToken(const JsonSection& config, const char* key, const TokenizerParts& parts)
{
    const auto entry = config.find(key);
    if (!entry)
        return std::nullopt;
    return parts.find(entry->json().is_object() ? entry->at("content").text() : entry->text());
}

/// Every "…_token" that is a string or an object with its content, and those of "extra_special_tokens"; what `tokens`
/// has already stays.
void addSpecialTokens(std::map<std::string, std::string>& tokens, const nlohmann::json& document)
{
    const auto add = [&](const std::string& name, const nlohmann::json& value) {
        if (value.is_string())
            tokens.emplace(name, value.get<std::string>());
        else if (value.is_object() && value.contains("content") && value["content"].is_string())
            tokens.emplace(name, value["content"].get<std::string>());
    };
    if (!document.is_object())
        return;
    for (const auto& [name, value] : document.items())
        if (name.ends_with("_token"))
            add(name, value);
    if (const auto extra = document.find("extra_special_tokens"); extra != document.end() && extra->is_object())
        for (const auto& [name, value] : extra->items())
            add(name, value);
}

/// The id or ids of "eos_token_id"; -1 is written where there is none.
std::vector<std::int32_t> endIds(const JsonSection& config)
{
    const auto entry = config.find("eos_token_id");
    if (!entry)
        return {};
    std::vector<std::int32_t> ids;
    const auto add = [&](const JsonSection& value) {
        if (const auto id = static_cast<std::int32_t>(value.integer(-1, Vocabulary::kLargestId)); id >= 0)
            ids.push_back(id);
    };
    if (entry->json().is_array()) {
        for (const JsonSection& element : entry->elements())
            add(element);
    } else {
        add(*entry);
    }
    return ids;
}

/// "chat_template": a string, or a list of named ones.
std::optional<std::string> configuredTemplate(const JsonSection& config)
{
    const auto entry = config.find("chat_template");
    if (!entry)
        return std::nullopt;
    if (!entry->json().is_array())
        return entry->text();
    for (const JsonSection& named : entry->elements())
        if (named.at("name").text() == "default")
            return named.at("template").text();
    return std::nullopt;
}

} // namespace

TokenizerRoles readTokenizerRoles(const std::filesystem::path& folder, const TokenizerParts& parts)
{
    TokenizerRoles roles;
    // The later file speaks only where the earlier one is silent.
    for (const char* const name : {"tokenizer_config.json", "special_tokens_map.json"}) {
        const nlohmann::json document = readOptional(folder / name);
        if (document.is_null())
            continue;
        const JsonSection config(document, (folder / name).string());
        if (!roles.bos)
            roles.bos = namedToken(config, "bos_token", parts);
        if (!roles.eos)
            roles.eos = namedToken(config, "eos_token", parts);
        if (!roles.pad)
            roles.pad = namedToken(config, "pad_token", parts);
        if (!roles.chatTemplate)
            roles.chatTemplate = configuredTemplate(config);
        addSpecialTokens(roles.specialTokens, document);
    }
    if (roles.eos)
        roles.addStop(*roles.eos);
    for (const char* const name : {"generation_config.json", "config.json"}) {
        const nlohmann::json document = readOptional(folder / name);
        if (document.is_null())
            continue;
        for (const std::int32_t id : endIds(JsonSection(document, (folder / name).string()))) {
            if (!roles.eos)
                roles.eos = id;
            roles.addStop(id);
        }
    }
    std::error_code ignored;
    if (const auto file = folder / "chat_template.jinja"; std::filesystem::exists(file, ignored))
        roles.chatTemplate = readFile(file);
    return roles;
}

} // namespace falconer
