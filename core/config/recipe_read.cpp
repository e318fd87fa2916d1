// SPDX-License-Identifier: Apache-2.0
#include "core/config/recipe_io.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/config/field_table.h"
#include "core/config/reading.h"
#include "core/config/yaml_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace falconer {

namespace {

bool isSection(std::string_view name)
{
    const std::string prefix = std::string(name) + ".";
    const auto inside = [&](const FieldInfo& info) { return info.key.starts_with(prefix); };
    return std::any_of(recipeFields().begin(), recipeFields().end(), inside);
}

const Field* findRow(std::string_view key)
{
    for (const Field& field : fieldTable())
        if (field.info.key == key)
            return &field;
    return nullptr;
}

/// Splits a dotted key into the steps from the root to its value. What follows a map's own key is one step, dots and
/// all: names of modules have dots ("lora.rank_pattern.h.0.dense").
std::vector<std::string> stepsTo(const std::string& key)
{
    std::vector<std::string> steps;
    std::size_t at = 0;
    while (true) {
        const FieldInfo* info = at > 0 ? findField(key.substr(0, at - 1)) : nullptr;
        const std::size_t dot = info ? std::string::npos : key.find('.', at);
        steps.push_back(key.substr(at, dot == std::string::npos ? dot : dot - at));
        if (dot == std::string::npos)
            return steps;
        at = dot + 1;
    }
}

/// Puts an override's value into the tree, over what the file says there; a map for a section only over the keys it
/// has.
void insert(YamlValue& root, const std::string& key, YamlValue value)
{
    if (isSection(key) && value.kind == YamlValue::Kind::map) {
        for (auto& [name, item] : value.entries)
            insert(root, key + "." + name, std::move(item));
        return;
    }
    YamlValue* at = &root;
    for (const std::string& step : stepsTo(key)) {
        if (at->kind != YamlValue::Kind::map) {
            // A scalar in the way is replaced: the override asks for something below it.
            const YamlPlace place = at->place;
            *at = YamlValue{};
            at->kind = YamlValue::Kind::map;
            at->place = place;
        }
        YamlValue* next = at->find(step);
        if (!next) {
            at->entries.push_back({step, YamlValue{}});
            next = &at->entries.back().value;
            next->place = value.place;
        }
        at = next;
    }
    *at = std::move(value);
}

struct Override {
    std::string key;
    std::string text;
};

std::optional<Override> splitOverride(const std::string& text, Faults& faults)
{
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos && equals > 0)
        return Override{text.substr(0, equals), text.substr(equals + 1)};
    faults.push_back({ErrorCode::recipeInvalid, "--set " + forMessage(text),
        equals == 0 ? "has no key" : "has no =", "write --set key=value, such as --set lora.rank=8"});
    return std::nullopt;
}

/// Reads the tree into the recipe, row by row, and remembers where each key was written.
class TreeReader {
public:
    TreeReader(Reading& reading, LoadedRecipe& loaded)
        : m_reading(reading)
        , m_loaded(loaded)
    {
    }

    void readRoot(const YamlValue& root) { readEntries({}, root); }

    /// Where a key was written; for a part of a value, where the nearest whole was.
    YamlPlace placeOf(std::string key) const
    {
        while (true) {
            if (const auto found = m_places.find(key); found != m_places.end())
                return found->second;
            const std::size_t cut = key.find_last_of(".[");
            if (cut == std::string::npos)
                return {};
            key.resize(cut);
        }
    }

private:
    void readEntries(const std::string& section, const YamlValue& map)
    {
        const std::string prefix = section.empty() ? "" : section + ".";
        for (const auto& [name, value] : map.entries) {
            const std::string key = prefix + name;
            const bool isDotted = section.empty() && name.find('.') != std::string::npos; // the file nests its keys
            if (const Field* field = isDotted ? nullptr : findRow(key)) {
                readField(*field, key, value);
            } else if (section.empty() && isSection(name)) {
                if (value.kind == YamlValue::Kind::map)
                    readEntries(name, value);
                else if (!value.isNull()) // all its keys are commented out
                    m_reading.wrongKind(name, value, "a section with the keys " + join(keysOfSection(name)));
            } else {
                addUnknown(section, name, value.place);
            }
        }
    }

    void readField(const Field& field, const std::string& key, const YamlValue& value)
    {
        m_loaded.keysSet.insert(key);
        remember(key, value);
        field.read(m_reading, value, m_loaded.recipe);
    }

    void remember(const std::string& key, const YamlValue& value)
    {
        m_places[key] = value.place;
        for (const auto& [name, item] : value.entries)
            remember(key + "." + name, item);
        for (std::size_t i = 0; i < value.items.size(); ++i)
            remember(fmt::format("{}[{}]", key, i), value.items[i]);
    }

    void addUnknown(const std::string& section, const std::string& name, const YamlPlace& place)
    {
        const std::string prefix = section.empty() ? "" : section + ".";
        // A key under the wrong roof: the same name lives in another section, or is written with its dots.
        for (const FieldInfo& info : recipeFields()) {
            const std::size_t dot = info.key.find('.');
            if (dot == std::string_view::npos || (info.key.substr(dot + 1) != name && info.key != name))
                continue;
            m_reading.add(prefix + name, place, "is not a known key",
                fmt::format("write it as {} inside {}", info.key.substr(dot + 1), info.key.substr(0, dot)));
            return;
        }
        std::vector<std::string> known = keysOfSection(section);
        if (section.empty() && nearest(name, known).empty()) {
            std::vector<std::string> leaves;
            for (const FieldInfo& info : recipeFields())
                leaves.emplace_back(info.key.substr(info.key.find('.') + 1));
            const std::string near = nearest(name, leaves);
            for (const FieldInfo& info : recipeFields())
                if (!near.empty() && info.key.ends_with("." + near))
                    known = {std::string(info.key)};
            if (known.size() == 1) {
                m_reading.add(
                    forMessage(name), place, "is not a known key", "the nearest known key is " + known.front());
                return;
            }
        }
        m_reading.addUnknown(prefix, name, place, known);
    }

    Reading& m_reading;
    LoadedRecipe& m_loaded;
    std::map<std::string, YamlPlace> m_places;
};

} // namespace

LoadedRecipe parseRecipe(
    const std::string& yaml, const std::string& origin, const fs::path& folder, std::span<const std::string> overrides)
{
    Faults faults;
    std::optional<YamlValue> root = parseYaml(yaml, origin, faults);
    std::vector<std::string> names;
    std::vector<std::pair<std::string, YamlValue>> set;
    for (std::size_t i = 0; i < overrides.size(); ++i) {
        const std::optional<Override> split = splitOverride(overrides[i], faults);
        names.push_back("--set " + (split ? forMessage(split->key) : std::string()));
        if (!split)
            continue;
        std::optional<YamlValue> value = parseYaml(split->text, names.back(), faults, static_cast<int>(i));
        if (!value)
            continue;
        value->place.setIndex = static_cast<int>(i);
        set.emplace_back(split->key, std::move(*value));
    }
    if (root && root->kind != YamlValue::Kind::map && !root->isNull()) {
        faults.push_back({ErrorCode::recipeInvalid, placeName(origin, root->place),
            "a recipe must be a map of keys, not " + describe(*root),
            "write lines such as \"model: …\", a key and its value"});
        root.reset();
    }
    if (!root)
        throw Error(std::move(faults));
    for (auto& [key, value] : set)
        insert(*root, key, std::move(value));

    std::error_code error;
    Reading reading(origin, fs::absolute(folder, error), std::move(names));
    LoadedRecipe loaded;
    TreeReader reader(reading, loaded);
    reader.readRoot(*root);
    faults.insert(faults.end(), reading.faults().begin(), reading.faults().end());
    // A key that could not be read still has its default: only the others are judged.
    for (Fault& fault : validate(loaded.recipe))
        if (!reading.failed(fault.subject))
            faults.push_back(reading.faultAt(
                fault.subject, reader.placeOf(fault.subject), std::move(fault.problem), std::move(fault.fix)));
    if (!faults.empty())
        throw Error(std::move(faults));
    return loaded;
}

void setRecipeValue(Recipe& recipe, const std::string& key, const std::string& yaml)
{
    Faults faults;
    const Field* field = findRow(key);
    if (!field)
        throw Error(ErrorCode::recipeInvalid, forMessage(key), "is not a key of a recipe", {});
    const std::optional<YamlValue> value = parseYaml(yaml, key, faults);
    if (!value)
        throw Error(std::move(faults));
    Reading reading(key, fs::current_path(), {});
    Recipe changed = recipe;
    field->read(reading, *value, changed);
    if (!reading.faults().empty())
        throw Error(reading.faults());
    recipe = std::move(changed);
}

LoadedRecipe loadRecipe(const fs::path& file, std::span<const std::string> overrides)
{
    const fs::path whole = expandPath(file.string(), fs::current_path()).lexically_normal();
    LoadedRecipe loaded = parseRecipe(readFile(whole), whole.filename().string(), whole.parent_path(), overrides);
    loaded.recipe.file = whole;
    return loaded;
}

} // namespace falconer
