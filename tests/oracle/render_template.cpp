// SPDX-License-Identifier: Apache-2.0
// A tool for tests/oracle/chat_templates.py; CTest does not run it. It reads one JSON object a line,
// {"template": Jinja, "context": {variables}, "now": [year, month, day, hour, minute, second] or none}, and answers
// each with {"text": …, "generated": [[first, last], …] in bytes} or {"error": {"problem": …, "subject": …}}.
#include "core/base/error.h"
#include "core/text/chat_template.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

namespace {

std::tm readTime(const nlohmann::ordered_json& parts)
{
    std::tm time{};
    time.tm_year = parts.at(0).get<int>() - 1900;
    time.tm_mon = parts.at(1).get<int>() - 1;
    time.tm_mday = parts.at(2).get<int>();
    time.tm_hour = parts.at(3).get<int>();
    time.tm_min = parts.at(4).get<int>();
    time.tm_sec = parts.at(5).get<int>();
    time.tm_isdst = -1;
    std::tm filled = time;
    timegm(&filled); // the weekday and the day of the year
    return filled;
}

nlohmann::ordered_json answer(const nlohmann::ordered_json& request)
{
    try {
        falconer::RenderOptions options;
        if (request.contains("now"))
            options.now = readTime(request["now"]);
        const auto parsed
            = falconer::ChatTemplate::parse(request.at("template").get_ref<const std::string&>(), "template");
        const auto chat = parsed.render(request.at("context"), options);
        auto ranges = nlohmann::ordered_json::array();
        for (const auto& range : chat.generated)
            ranges.push_back({range.begin, range.end});
        return {{"text", chat.text}, {"generated", ranges}};
    } catch (const falconer::Error& error) {
        return {{"error", {{"problem", error.faults().front().problem}, {"subject", error.faults().front().subject}}}};
    }
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(nlohmann::ordered_json::parse(line)).dump(-1, ' ', true) << '\n';
    return 0;
}
