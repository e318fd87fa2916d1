// SPDX-License-Identifier: Apache-2.0
#include "core/run/queue_file.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/config/field_table.h"
#include "core/config/yaml_tree.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

const std::vector<std::string> kEntryKeys{"recipe", "set", "sweep", "samples", "seed"};

std::string quoted(const std::string& text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// A value as YAML on one line that reads back to the same.
std::string flowText(const YamlValue& value, bool isInside = false)
{
    std::string text;
    switch (value.kind) {
    case YamlValue::Kind::scalar:
        // Within brackets these would end a plain text early; nothing that is not a text has them.
        if (value.plain && (!isInside || value.text.find_first_of(",[]{}:#") == std::string::npos))
            return value.isNull() ? "null" : value.text;
        return quoted(value.text);
    case YamlValue::Kind::list:
        for (const YamlValue& item : value.items)
            text += (text.empty() ? "" : ", ") + flowText(item, true);
        return "[" + text + "]";
    case YamlValue::Kind::map:
        for (const YamlEntry& entry : value.entries)
            text += (text.empty() ? "" : ", ") + quoted(entry.key) + ": " + flowText(entry.value, true);
        return "{" + text + "}";
    }
    return text;
}

bool isText(const YamlValue& value)
{
    return value.kind == YamlValue::Kind::scalar && !value.text.empty()
        && (!value.plain || !(value.isNull() || isBooleanText(value.text) || isNumberText(value.text)));
}

/// Whether a recipe has this key, or a map that could hold it ("training.optimizer_options.beta1").
bool isRecipeKey(const std::string& key)
{
    if (findField(key))
        return true;
    for (std::size_t dot = key.rfind('.'); dot != std::string::npos && dot > 0; dot = key.rfind('.', dot - 1)) {
        const FieldInfo* field = findField(key.substr(0, dot));
        if (field && field->kind == FieldKind::map)
            return true;
    }
    return false;
}

/// The recipe's key that was probably meant: spelt nearly so, or known in another section.
std::string nearestRecipeKey(const std::string& key)
{
    std::vector<std::string> keys;
    std::vector<std::string> leaves;
    for (const FieldInfo& field : recipeFields()) {
        keys.emplace_back(field.key);
        leaves.emplace_back(field.key.substr(field.key.find('.') + 1));
    }
    const auto exact = std::find(leaves.begin(), leaves.end(), key.substr(key.find('.') + 1));
    if (exact != leaves.end())
        return keys[static_cast<std::size_t>(exact - leaves.begin())];
    if (const std::string near = nearest(key, keys); !near.empty())
        return near;
    const std::string leaf = nearest(key, leaves);
    const auto found = std::find(leaves.begin(), leaves.end(), leaf);
    return leaf.empty() ? std::string() : keys[static_cast<std::size_t>(found - leaves.begin())];
}

class QueueReader {
public:
    explicit QueueReader(fs::path path)
        : m_folder(path.parent_path())
    {
        m_queue.path = std::move(path);
    }

    QueueFile read(const std::string& yaml)
    {
        const std::string origin = m_queue.path.filename().string();
        const std::optional<YamlValue> root = parseYaml(yaml, origin, m_faults);
        if (root && (root->kind != YamlValue::Kind::list || root->items.empty()))
            m_faults.push_back({ErrorCode::recipeInvalid, origin,
                root->kind == YamlValue::Kind::list || root->isNull()
                    ? "holds no entry"
                    : "must be a list of entries, not " + describe(*root),
                "write entries such as \"- recipe: run.yaml\""});
        if (root && root->kind == YamlValue::Kind::list)
            for (const YamlValue& item : root->items)
                readEntry(item);
        checkSize(origin);
        if (!m_faults.empty())
            throw Error(std::move(m_faults));
        return std::move(m_queue);
    }

private:
    void fault(const YamlValue& at, const std::string& what, std::string problem, std::string fix = {})
    {
        std::string subject = placeName(m_queue.path.filename().string(), at.place);
        subject += fmt::format(", entry {}", m_number) + (what.empty() ? "" : ", " + forMessage(what));
        m_faults.push_back({ErrorCode::recipeInvalid, std::move(subject), std::move(problem), std::move(fix)});
    }

    void readEntry(const YamlValue& item)
    {
        ++m_number;
        QueueEntry entry;
        entry.number = m_number;
        if (item.kind != YamlValue::Kind::map) {
            fault(item, {}, "must be a map, not " + describe(item), "write it as \"- recipe: run.yaml\"");
            return;
        }
        const std::size_t before = m_faults.size();
        for (const auto& [key, value] : item.entries) {
            if (key == "recipe")
                readRecipe(value, entry);
            else if (key == "set")
                readSettings(value, entry);
            else if (key == "sweep")
                readSweep(value, entry);
            else if (key == "samples")
                readSamples(value, entry);
            else if (key == "seed")
                readNumber(value, "seed", entry.seed);
            else
                unknownKey(key, value);
        }
        const bool hasRecipe = std::any_of(
            item.entries.begin(), item.entries.end(), [](const YamlEntry& e) { return e.key == "recipe"; });
        if (!hasRecipe)
            fault(item, {}, "names no recipe", "add a line \"recipe: PATH\"");
        if (m_faults.size() == before)
            checkTogether(item, entry);
        m_queue.entries.push_back(std::move(entry));
    }

    void unknownKey(const std::string& key, const YamlValue& value)
    {
        const std::string near = nearest(key, kEntryKeys);
        if (!near.empty())
            fault(value, key, "is not a known key", "the nearest known key is " + near);
        else if (isRecipeKey(key) || !keysOfSection(key).empty())
            fault(value, key, "is a key of a recipe, not of a queue's entry", "write it inside set or sweep");
        else
            fault(value, key, "is not a known key", "an entry has " + join(kEntryKeys));
    }

    void readRecipe(const YamlValue& value, QueueEntry& entry)
    {
        if (isText(value))
            entry.recipe = expandPath(value.text, m_folder).lexically_normal();
        else
            fault(value, "recipe", "must be the path of a recipe, not " + describe(value));
    }

    /// Calls `take` for each key of `map`, sections opened.
    template <class Take>
    void forEachKey(const YamlValue& map, const std::string& prefix, const Take& take)
    {
        for (const auto& [name, value] : map.entries) {
            const std::string key = prefix + name;
            if (prefix.empty() && value.kind == YamlValue::Kind::map && !findField(key)
                && !keysOfSection(key).empty()) {
                forEachKey(value, key + ".", take);
            } else if (!isRecipeKey(key)) {
                const std::string near = nearestRecipeKey(key);
                fault(value, key, "is not a known key of a recipe",
                    near.empty() ? "" : "the nearest known key is " + near);
            } else {
                take(key, value);
            }
        }
    }

    void readSettings(const YamlValue& value, QueueEntry& entry)
    {
        if (value.isNull())
            return;
        if (value.kind != YamlValue::Kind::map) {
            fault(value, "set", "must be a map of a recipe's keys, not " + describe(value),
                "write \"set: {lora.rank: 8}\"");
            return;
        }
        forEachKey(value, {}, [&](const std::string& key, const YamlValue& given) {
            entry.set.push_back({key, flowText(anchored(key, given))});
        });
    }

    void readSweep(const YamlValue& value, QueueEntry& entry)
    {
        if (value.isNull())
            return;
        if (value.kind != YamlValue::Kind::map) {
            fault(value, "sweep", "must be a map of a recipe's keys to lists, not " + describe(value),
                "write \"sweep: {lora.rank: [8, 16]}\"");
            return;
        }
        forEachKey(value, {}, [&](const std::string& key, const YamlValue& given) {
            SweepAxis axis{key, {}};
            if (given.kind != YamlValue::Kind::list) {
                fault(given, key, "must be a list of the values to try, not " + describe(given),
                    fmt::format("write [{}], or move the key to set", flowText(given)));
                return;
            }
            for (const YamlValue& item : given.items) {
                std::string yaml = flowText(anchored(key, item));
                if (std::find(axis.values.begin(), axis.values.end(), yaml) != axis.values.end())
                    fault(item, key, "has the value " + forMessage(yaml) + " twice", "write each value once");
                axis.values.push_back(std::move(yaml));
            }
            if (axis.values.empty())
                fault(given, key, "is an empty list", "name the values to try, or leave the key out");
            entry.sweep.push_back(std::move(axis));
        });
    }

    void readSamples(const YamlValue& value, QueueEntry& entry)
    {
        std::uint64_t samples = 0;
        if (value.isNull() || !readNumber(value, "samples", samples))
            return;
        if (samples == 0 || samples > kMostQueuedRuns)
            fault(value, "samples", fmt::format("must be from 1 to {}, not {}", kMostQueuedRuns, samples),
                "leave it out for the whole grid");
        else
            entry.samples = static_cast<std::int64_t>(samples);
    }

    bool readNumber(const YamlValue& value, const char* key, std::uint64_t& target)
    {
        const char* end = value.text.data() + value.text.size();
        const bool isNumber = value.kind == YamlValue::Kind::scalar && value.plain && !value.text.empty();
        const auto [stop, error] = isNumber ? std::from_chars(value.text.data(), end, target)
                                            : std::from_chars_result{nullptr, std::errc::invalid_argument};
        if (error == std::errc() && stop == end)
            return true;
        fault(value, key, "must be a whole number from 0 on, not " + describe(value));
        return false;
    }

    void checkTogether(const YamlValue& item, const QueueEntry& entry)
    {
        std::set<std::string> seen;
        const auto once = [&](const std::string& key) {
            if (!seen.insert(key).second)
                fault(item, key, "is given more than once", "name each key once, in set or in sweep");
        };
        for (const RecipeSetting& setting : entry.set)
            once(setting.key);
        for (const SweepAxis& axis : entry.sweep)
            once(axis.key);
        const std::uint64_t size = gridSize(entry.sweep);
        if (entry.samples && entry.sweep.empty())
            fault(item, "samples", "is set, but there is no sweep to draw from", "add a sweep, or leave samples out");
        else if (entry.samples && static_cast<std::uint64_t>(*entry.samples) > size)
            fault(item, "samples", fmt::format("asks for {} points of a grid that has {}", *entry.samples, size),
                "leave it out for the whole grid");
    }

    void checkSize(const std::string& origin)
    {
        std::uint64_t runs = 0;
        for (const QueueEntry& entry : m_queue.entries)
            runs += std::min(entry.runs(), kMostQueuedRuns + 1); // cannot overflow: a file has fewer lines
        if (m_faults.empty() && runs > kMostQueuedRuns)
            m_faults.push_back({ErrorCode::recipeInvalid, origin,
                fmt::format("makes more than {} runs", kMostQueuedRuns), "draw some of the points with samples"});
    }

    /// The value with the paths in it made absolute: those that a --set would take from the current folder.
    YamlValue anchored(const std::string& key, YamlValue value) const
    {
        const bool isPath = key == "data.train" || key == "lora.init_from" || key == "output";
        const bool maybePath = key == "model" || key == "data.validation" || key == "data.template";
        if (isPath || maybePath)
            anchor(value, isPath);
        return value;
    }

    void anchor(YamlValue& value, bool always) const
    {
        for (YamlValue& item : value.items)
            anchor(item, always);
        if (YamlValue* path = value.kind == YamlValue::Kind::map ? value.find("path") : nullptr)
            anchor(*path, always);
        if (!isText(value) || value.text.starts_with('/') || value.text.starts_with('~'))
            return;
        std::error_code ignored;
        const fs::path whole = (m_folder / value.text).lexically_normal();
        if (always || value.text.starts_with("./") || value.text.starts_with("../") || fs::exists(whole, ignored)) {
            value.text = whole.string();
            value.plain = false;
        }
    }

    fs::path m_folder;
    QueueFile m_queue;
    std::vector<Fault> m_faults;
    std::size_t m_number = 0; ///< of the entry at hand
};

} // namespace

std::uint64_t QueueEntry::runs() const { return samples ? static_cast<std::uint64_t>(*samples) : gridSize(sweep); }

QueueFile parseQueueFile(const std::string& yaml, const fs::path& path)
{
    return QueueReader(expandPath(path.string(), fs::current_path()).lexically_normal()).read(yaml);
}

QueueFile readQueueFile(const fs::path& file)
{
    const fs::path whole = expandPath(file.string(), fs::current_path()).lexically_normal();
    return parseQueueFile(readFile(whole), whole);
}

} // namespace falconer
