// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// A value inside a JSON file that knows where it stands, so that every complaint names the file and the section.
/// It refers to the document: do not outlive it.
class JsonSection {
public:
    JsonSection(const nlohmann::json& value, std::string subject)
        : m_value(&value)
        , m_subject(std::move(subject))
    {
    }

    /// "tokenizer.json, model.merges[3]"
    const std::string& subject() const { return m_subject; }
    const nlohmann::json& json() const { return *m_value; }

    /// The member `key`; throws fileMalformed when this is no object or has none.
    JsonSection at(std::string_view key) const;
    /// Nothing when it is absent or null; throws fileMalformed when this is no object.
    std::optional<JsonSection> find(std::string_view key) const;
    /// The elements of an array; throws fileMalformed for anything else.
    std::vector<JsonSection> elements() const;

    // Plain values; each throws fileMalformed for another type.
    const std::string& text() const;
    bool boolean() const;
    /// A whole number in [least, most].
    std::int64_t integer(std::int64_t least, std::int64_t most) const;
    bool booleanOr(std::string_view key, bool absent) const;

    /// The string "type".
    const std::string& type() const { return at("type").text(); }

    [[noreturn]] void malformed(const std::string& problem) const;
    [[noreturn]] void unsupported(const std::string& problem) const;

private:
    JsonSection child(const nlohmann::json& value, const std::string& step) const;

    const nlohmann::json* m_value;
    std::string m_subject;
};

/// Parses `text`; throws fileMalformed (subject `file`).
nlohmann::json parseJson(std::string_view text, const std::string& file);

} // namespace falconer
