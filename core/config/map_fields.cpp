// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/config/field_table.h"

#include <fmt/format.h>
#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <cmath>

namespace falconer {

namespace {

template <class Map>
void putMap(YAML::Emitter& out, const Map& map)
{
    out << YAML::Flow << YAML::BeginMap;
    for (const auto& [name, value] : map) {
        out << YAML::Key;
        put(out, name);
        out << YAML::Value;
        put(out, value);
    }
    out << YAML::EndMap;
}

/// Every entry of a map through `insert`; a key without a value is an empty map, as when all its lines are commented
/// out.
template <class T, class Insert>
bool readMap(Reading& in, const std::string& key, const YamlValue& value, std::string_view expected, Insert insert)
{
    if (value.isNull())
        return true;
    if (value.kind != YamlValue::Kind::map)
        return in.wrongKind(key, value, expected);
    bool fine = true;
    for (const auto& [name, item] : value.entries) {
        T read{};
        if (in.read(key + "." + name, item, read))
            insert(name, std::move(read));
        else
            fine = false;
    }
    return fine;
}

/// As readMap, for a map whose keys are known.
template <class T>
void readKnownMap(Reading& in, const std::string& key, const YamlValue& value, const std::vector<std::string>& known,
    std::string_view expected, std::map<std::string, T>& target)
{
    YamlValue kept = value;
    std::erase_if(kept.entries, [&](const auto& entry) {
        if (std::find(known.begin(), known.end(), entry.key) != known.end())
            return false;
        in.addUnknown(key + ".", entry.key, entry.value.place, known);
        return true;
    });
    std::map<std::string, T> read;
    readMap<T>(in, key, kept, expected, [&](const std::string& name, T item) { read[name] = std::move(item); });
    target = std::move(read);
}

// What the rows of a data file can mean; the values are the columns' own names.
const std::vector<std::string> kRoles = {
    "prompt", "completion", "text", "messages", "conversations", "instruction", "input", "output", "system", "history"};

struct Option {
    std::string_view name;
    Range range;
    bool whole = false;
};
constexpr Option kSchedulerOptions[] = {{"num_cycles", positive(10000)}, {"power", positive(1000)},
    {"lr_end", atLeast(0)}, {"decay_steps", between(0, 1e9), true}, {"min_lr_ratio", between(0, 1)}};
constexpr Option kOptimizerOptions[] = {{"beta1", fromZeroToBelowOne()}, {"beta2", fromZeroToBelowOne()},
    {"eps", positive(1)}, {"momentum", fromZeroToBelowOne()}};

template <class Access>
Field optionsField(std::string_view key, std::string_view help, std::span<const Option> options, Access member)
{
    std::vector<std::string> known;
    for (const Option& option : options)
        known.emplace_back(option.name);
    return makeField(
        key, FieldKind::map, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            readKnownMap(in, std::string(key), value, known, "a map of options to numbers", member(r));
        },
        [=](const Recipe& r, YAML::Emitter& out) { putMap(out, member(r)); },
        [=](const Recipe& r, Faults& faults) {
            for (const auto& entry : member(r)) {
                const std::string optionKey = fmt::format("{}.{}", key, entry.first);
                const auto option = std::find_if(
                    options.begin(), options.end(), [&](const Option& o) { return o.name == entry.first; });
                if (option == options.end())
                    addFault(faults, optionKey, "is not a known option", "the options here are " + join(known));
                else if (!option->range.holds(entry.second))
                    addFault(faults, optionKey, mustBe(option->range, entry.second));
                else if (option->whole && entry.second != std::floor(entry.second))
                    addFault(faults, optionKey, "must be a whole number, not " + numberText(entry.second));
            }
        });
}

template <class T, class Access>
Field patternField(
    std::string_view key, std::string_view help, std::string_view expected, const Range& range, Access member)
{
    return makeField(
        key, FieldKind::map, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            std::vector<std::pair<std::string, T>> read;
            readMap<T>(in, std::string(key), value, expected,
                [&](const std::string& name, T item) { read.emplace_back(name, std::move(item)); });
            member(r) = std::move(read);
        },
        [=](const Recipe& r, YAML::Emitter& out) { putMap(out, member(r)); },
        [=](const Recipe& r, Faults& faults) {
            for (const auto& entry : member(r)) {
                const std::string entryKey = fmt::format("{}.{}", key, forMessage(entry.first));
                checkText(entryKey, entry.first, faults);
                if (!range.holds(static_cast<double>(entry.second)))
                    addFault(faults, entryKey, mustBe(range, static_cast<double>(entry.second)));
            }
        });
}

} // namespace

Field columnsField(std::string_view key, std::string_view help)
{
    return makeField(
        key, FieldKind::map, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            readKnownMap(in, std::string(key), value, kRoles, "a map such as {prompt: question, completion: answer}",
                r.data.columns);
        },
        [](const Recipe& r, YAML::Emitter& out) { putMap(out, r.data.columns); },
        [=](const Recipe& r, Faults& faults) {
            for (const auto& entry : r.data.columns) {
                const std::string entryKey = fmt::format("{}.{}", key, forMessage(entry.first));
                if (std::find(kRoles.begin(), kRoles.end(), entry.first) == kRoles.end())
                    addFault(faults, entryKey, "is not a known role", "the roles are " + join(kRoles));
                else if (entry.second.empty())
                    addFault(faults, entryKey, "must not be empty", "name the column");
                checkText(entryKey, entry.second, faults);
            }
        });
}

Field rankPatternField(std::string_view key, std::string_view help)
{
    return patternField<std::int64_t>(
        key, help, "a map of names to ranks", between(1, 65536),
        [](auto& recipe) -> auto& { return recipe.lora.rankPattern; });
}

Field alphaPatternField(std::string_view key, std::string_view help)
{
    return patternField<double>(
        key, help, "a map of names to numbers", positive(),
        [](auto& recipe) -> auto& { return recipe.lora.alphaPattern; });
}

Field schedulerOptionsField(std::string_view key, std::string_view help)
{
    return optionsField(
        key, help, kSchedulerOptions, [](auto& recipe) -> auto& { return recipe.training.schedulerOptions; });
}

Field optimizerOptionsField(std::string_view key, std::string_view help)
{
    return optionsField(
        key, help, kOptimizerOptions, [](auto& recipe) -> auto& { return recipe.training.optimizerOptions; });
}

} // namespace falconer
