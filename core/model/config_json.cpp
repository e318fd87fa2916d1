// SPDX-License-Identifier: Apache-2.0
#include "core/model/config_json.h"

#include "core/base/error.h"
#include "core/base/files.h"

#include <nlohmann/json.hpp>

namespace falconer {

struct ConfigJson::Data {
    nlohmann::json json;
};

namespace {

[[noreturn]] void wrongType(const std::string& where, const char* key, const char* expected)
{
    throw Error(ErrorCode::fileMalformed, where, std::string("the key ") + key + " is not " + expected,
        "use the file that came with the model");
}

} // namespace

ConfigJson::ConfigJson(const std::filesystem::path& file)
    : m_where(file.string())
{
    auto json = nlohmann::json::parse(readFile(file), nullptr, false);
    if (!json.is_object())
        throw Error(ErrorCode::fileMalformed, m_where, "it is not a JSON object", "fetch the file again");
    m_data = std::make_shared<const Data>(Data{std::move(json)});
}

ConfigJson::ConfigJson(std::string where, std::shared_ptr<const Data> data)
    : m_where(std::move(where))
    , m_data(std::move(data))
{
}

ConfigJson::~ConfigJson() = default;
ConfigJson::ConfigJson(const ConfigJson&) = default;
ConfigJson& ConfigJson::operator=(const ConfigJson&) = default;

bool ConfigJson::empty() const { return m_data->json.empty(); }

bool ConfigJson::has(const char* key) const
{
    const auto found = m_data->json.find(key);
    return found != m_data->json.end() && !found->is_null();
}

std::int64_t ConfigJson::integer(const char* key, std::int64_t fallback) const
{
    if (!has(key))
        return fallback;
    const auto& value = m_data->json[key];
    if (!value.is_number_integer())
        wrongType(m_where, key, "an integer");
    return value.get<std::int64_t>();
}

double ConfigJson::number(const char* key, double fallback) const
{
    if (!has(key))
        return fallback;
    const auto& value = m_data->json[key];
    if (!value.is_number())
        wrongType(m_where, key, "a number");
    return value.get<double>();
}

bool ConfigJson::boolean(const char* key, bool fallback) const
{
    if (!has(key))
        return fallback;
    const auto& value = m_data->json[key];
    if (!value.is_boolean())
        wrongType(m_where, key, "true or false");
    return value.get<bool>();
}

std::string ConfigJson::text(const char* key, const std::string& fallback) const
{
    if (!has(key))
        return fallback;
    const auto& value = m_data->json[key];
    if (!value.is_string())
        wrongType(m_where, key, "a string");
    return value.get<std::string>();
}

ConfigJson ConfigJson::object(const char* key) const
{
    auto part = std::make_shared<Data>();
    part->json = nlohmann::json::object();
    if (has(key)) {
        if (!m_data->json[key].is_object())
            wrongType(m_where, key, "an object");
        part->json = m_data->json[key];
    }
    return ConfigJson(m_where, std::move(part));
}

} // namespace falconer
