// SPDX-License-Identifier: Apache-2.0
#include "core/text/json_section.h"

#include "core/base/error.h"

namespace falconer {
namespace {

constexpr const char* kFetchAgain = "get the tokenizer's files again";

} // namespace

void JsonSection::malformed(const std::string& problem) const
{
    throw Error(ErrorCode::fileMalformed, m_subject, problem, kFetchAgain);
}

void JsonSection::unsupported(const std::string& problem) const
{
    throw Error(ErrorCode::modelUnsupported, m_subject, problem, "use a model with another tokenizer");
}

JsonSection JsonSection::child(const nlohmann::json& value, const std::string& step) const
{
    const bool isTop = m_subject.find(", ") == std::string::npos;
    return {value, m_subject + (step.starts_with('[') ? "" : isTop ? ", " : ".") + step};
}

std::optional<JsonSection> JsonSection::find(std::string_view key) const
{
    if (!m_value->is_object())
        malformed("it is not a JSON object");
    const auto member = m_value->find(key);
    if (member == m_value->end() || member->is_null())
        return std::nullopt;
    return child(*member, std::string(key));
}

JsonSection JsonSection::at(std::string_view key) const
{
    const auto member = find(key);
    if (!member)
        malformed("it has no \"" + std::string(key) + "\"");
    return *member;
}

std::vector<JsonSection> JsonSection::elements() const
{
    if (!m_value->is_array())
        malformed("it is not a JSON array");
    std::vector<JsonSection> sections;
    sections.reserve(m_value->size());
    for (const auto& element : *m_value)
        sections.push_back(child(element, "[" + std::to_string(sections.size()) + "]"));
    return sections;
}

const std::string& JsonSection::text() const
{
    if (!m_value->is_string())
        malformed("it is not a string");
    return m_value->get_ref<const std::string&>();
}

bool JsonSection::boolean() const
{
    if (!m_value->is_boolean())
        malformed("it is neither true nor false");
    return m_value->get<bool>();
}

std::int64_t JsonSection::integer(std::int64_t least, std::int64_t most) const
{
    const bool fits = m_value->is_number_unsigned()
        ? m_value->get<std::uint64_t>() <= static_cast<std::uint64_t>(most)
        : m_value->is_number_integer() && m_value->get<std::int64_t>() <= most;
    if (!fits || m_value->get<std::int64_t>() < least)
        malformed("it is not a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return m_value->get<std::int64_t>();
}

bool JsonSection::booleanOr(std::string_view key, bool absent) const
{
    const auto member = find(key);
    return member ? member->boolean() : absent;
}

nlohmann::json parseJson(std::string_view text, const std::string& file)
{
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::exception& error) {
        throw Error(
            ErrorCode::fileMalformed, file, std::string("it is not valid JSON (") + error.what() + ")", kFetchAgain);
    }
}

} // namespace falconer
