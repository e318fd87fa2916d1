// SPDX-License-Identifier: Apache-2.0
#include "core/run/recipe_values.h"

#include "core/base/error.h"
#include "core/config/field_table.h"

namespace falconer {

namespace {

using Json = nlohmann::ordered_json;

Json scalarToJson(const YamlValue& scalar)
{
    if (!scalar.plain)
        return scalar.text;
    if (isNullText(scalar.text))
        return nullptr;
    if (isBooleanText(scalar.text))
        return scalar.text.front() == 't' || scalar.text.front() == 'T';
    if (isNumberText(scalar.text)) {
        // JSON has YAML's decimal numbers but for ".5", "+1" and the like, which our own writer does not make.
        Json number = Json::parse(scalar.text, nullptr, false);
        if (number.is_number())
            return number;
    }
    return scalar.text;
}

} // namespace

Json toJson(const YamlValue& value)
{
    switch (value.kind) {
    case YamlValue::Kind::scalar: return scalarToJson(value);
    case YamlValue::Kind::list: {
        Json list = Json::array();
        for (const YamlValue& item : value.items)
            list.push_back(toJson(item));
        return list;
    }
    case YamlValue::Kind::map: {
        Json map = Json::object();
        for (const YamlEntry& entry : value.entries)
            map[entry.key] = toJson(entry.value);
        return map;
    }
    }
    return nullptr;
}

std::vector<RecipeValue> recipeValues(const Recipe& recipe)
{
    std::vector<RecipeValue> values;
    for (const Field& field : fieldTable()) {
        RecipeValue value;
        value.key = field.info.key;
        value.yaml = emitted([&](YAML::Emitter& out) { field.write(recipe, out); });
        std::vector<Fault> faults;
        if (const auto parsed = parseYaml(value.yaml, value.key, faults))
            value.value = toJson(*parsed);
        else
            value.value = value.yaml;
        values.push_back(std::move(value));
    }
    return values;
}

} // namespace falconer
