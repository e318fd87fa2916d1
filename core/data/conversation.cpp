// SPDX-License-Identifier: Apache-2.0
#include "core/data/conversation.h"

#include "core/data/json_row.h"
#include "core/data/shown.h"

#include <fmt/format.h>

namespace falconer {
namespace {

using nlohmann::ordered_json;

std::string_view usualRole(std::string_view role)
{
    if (role == "human")
        return "user";
    if (role == "gpt" || role == "chatgpt" || role == "model" || role == "bing" || role == "bard")
        return "assistant";
    if (role == "observation" || role == "function_response")
        return "tool";
    return role;
}

/// The members of a message in their order, renamed and without nulls.
ordered_json tidy(const ordered_json& message)
{
    ordered_json result = ordered_json::object();
    for (const auto& [key, value] : message.items()) {
        if (value.is_null())
            continue;
        if (key == "from" && !message.contains("role"))
            result["role"] = value.is_string() ? ordered_json(usualRole(value.get_ref<const std::string&>())) : value;
        else if (key == "value" && !message.contains("content"))
            result["content"] = value;
        else
            result[key] = value;
    }
    return result;
}

std::string_view kindName(const ordered_json& value)
{
    if (value.is_null())
        return name(CellKind::null);
    if (value.is_boolean())
        return name(CellKind::boolean);
    if (value.is_number())
        return name(CellKind::number);
    if (value.is_string())
        return name(CellKind::text);
    return name(value.is_array() ? CellKind::list : CellKind::object);
}

} // namespace

bool isBlank(const Cell& cell)
{
    return cell.kind == CellKind::null || (cell.kind == CellKind::text && cell.text.empty());
}

std::string jsonOf(const Cell& cell, CellKind kind, ordered_json& value)
{
    if (cell.kind == kind) {
        value = cell.value;
        return {};
    }
    if (cell.kind == CellKind::text) {
        Row wrapped;
        const std::string problem = parseJsonRow("{\"\":" + cell.text + "}", "text", wrapped);
        if (problem.empty() && wrapped.cells.size() == 1 && wrapped.cells.front().kind == kind) {
            value = std::move(wrapped.cells.front().value);
            return {};
        }
        return fmt::format("the text is not {} in JSON", name(kind));
    }
    return fmt::format("it is {}, not {}", name(cell.kind), name(kind));
}

ordered_json listOf(const Cell& cell, std::string& problem)
{
    ordered_json value = ordered_json::array();
    problem = jsonOf(cell, CellKind::list, value);
    return value;
}

std::string tidyMessages(ordered_json& messages)
{
    if (messages.empty())
        return "there is no message in it";
    std::size_t number = 0;
    for (ordered_json& message : messages) {
        ++number;
        if (!message.is_object())
            return fmt::format("message {} is {}, not an object with role and content", number, kindName(message));
        message = tidy(message);
        const auto role = message.find("role");
        if (role == message.end() || !role->is_string() || role->get_ref<const std::string&>().empty())
            return fmt::format("message {} has no role", number);
        const auto content = message.find("content");
        if (content == message.end()) {
            // A turn that only calls tools has nothing to say.
            if (message.size() == 1)
                return fmt::format(
                    "message {} ({}) has no content", number, shown(role->get_ref<const std::string&>()));
            message["content"] = "";
        } else if (!content->is_string() && !content->is_array()) {
            return fmt::format("the content of message {} is {}, not text", number, kindName(*content));
        }
    }
    return {};
}

} // namespace falconer
