// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/config/fields.h"
#include "core/config/range.h"
#include "core/config/reading.h"
#include "core/config/recipe.h"
#include "core/config/writing.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

using Faults = std::vector<Fault>;

/// One row of the table: what a key is, and how its value gets from YAML into the recipe, back out, and checked.
struct Field {
    FieldInfo info;
    std::function<void(Reading&, const YamlValue&, Recipe&)> read;
    std::function<void(const Recipe&, YAML::Emitter&)> write;
    /// Faults whose subject is the key (or a part of it: "data.train[1]") and whose problem is a predicate:
    /// "must be at least 1, not 0".
    std::function<void(const Recipe&, Faults&)> check;
};

std::span<const Field> fieldTable();

/// The names of a section ("lora"), in order; of the top level for "".
std::vector<std::string> keysOfSection(std::string_view section);

// What the rows are made of. `member` is a generic lambda that gives the row's member of a recipe:
// [](auto& recipe) -> auto& { return recipe.lora.rank; }

inline void addFault(Faults& faults, std::string_view key, std::string problem, std::string fix = {})
{
    faults.push_back({ErrorCode::recipeInvalid, std::string(key), std::move(problem), std::move(fix)});
}

inline std::string mustBe(const Range& range, double value)
{
    return "must be " + range.words() + ", not " + numberText(value);
}

void checkText(std::string_view key, const std::string& text, Faults& faults);
void checkChoice(
    std::string_view key, const std::string& value, std::span<const std::string_view> choices, Faults& faults);

inline FieldInfo describeField(std::string_view key, FieldKind kind, std::string_view help, const Range& range = {})
{
    return {key, kind, {}, {}, range.minimum, range.maximum, help};
}

template <class Member>
void readOptional(Reading& in, std::string_view key, const YamlValue& value, bool none, Member& target)
{
    typename Member::value_type read{};
    if (none)
        target.reset();
    else if (in.read(std::string(key), value, read))
        target = read;
}

template <class Access>
Field booleanField(std::string_view key, Access member, std::string_view help)
{
    return {describeField(key, FieldKind::boolean, help),
        [=](Reading& in, const YamlValue& value, Recipe& r) { in.read(std::string(key), value, member(r)); },
        [=](const Recipe& r, YAML::Emitter& out) { put(out, member(r)); }, [](const Recipe&, Faults&) {}};
}

/// Whole numbers and numbers; the member's type says which.
template <class Access>
Field numberField(std::string_view key, FieldKind kind, Access member, const Range& range, std::string_view help)
{
    return {describeField(key, kind, help, range),
        [=](Reading& in, const YamlValue& value, Recipe& r) { in.read(std::string(key), value, member(r)); },
        [=](const Recipe& r, YAML::Emitter& out) { put(out, member(r)); },
        [=](const Recipe& r, Faults& faults) {
            if (const auto value = static_cast<double>(member(r)); !range.holds(value))
                addFault(faults, key, mustBe(range, value));
        }};
}

/// A whole number, or `none` ("null", "auto"), which is also the default.
template <class Access>
Field optionalField(std::string_view key, const char* none, Access member, const Range& range, std::string_view help)
{
    const bool isNull = std::string_view(none) == "null";
    return {describeField(key, isNull ? FieldKind::integer : FieldKind::mixed, help, range),
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            const bool isNone = isNull ? value.isNull() : value.kind == YamlValue::Kind::scalar && value.text == none;
            if (!isNull && !isNone
                && (value.kind != YamlValue::Kind::scalar || !value.plain || !isNumberText(value.text)))
                in.wrongKind(std::string(key), value, "a whole number or " + std::string(none));
            else
                readOptional(in, key, value, isNone, member(r));
        },
        [=](const Recipe& r, YAML::Emitter& out) {
            if (member(r))
                put(out, *member(r));
            else
                putWord(out, none);
        },
        [=](const Recipe& r, Faults& faults) {
            if (member(r) && !range.holds(static_cast<double>(*member(r))))
                addFault(faults, key, mustBe(range, static_cast<double>(*member(r))));
        }};
}

/// One word of `choices`, which must outlive the table.
template <class Access>
Field choiceField(std::string_view key, std::span<const std::string_view> choices, Access member, std::string_view help)
{
    FieldInfo info = describeField(key, FieldKind::choice, help);
    info.choices = choices;
    return {info,
        [=](Reading& in, const YamlValue& value, Recipe& r) { in.readWord(std::string(key), value, member(r)); },
        [=](const Recipe& r, YAML::Emitter& out) { put(out, member(r)); },
        [=](const Recipe& r, Faults& faults) { checkChoice(key, member(r), choices, faults); }};
}

template <class Access>
Field textField(std::string_view key, Access member, std::string_view help)
{
    return {describeField(key, FieldKind::text, help),
        [=](Reading& in, const YamlValue& value, Recipe& r) { in.read(std::string(key), value, member(r)); },
        [=](const Recipe& r, YAML::Emitter& out) { put(out, member(r)); },
        [=](const Recipe& r, Faults& faults) { checkText(key, member(r), faults); }};
}

/// A path or null.
template <class Access>
Field optionalPathField(std::string_view key, Access member, std::string_view help)
{
    return {describeField(key, FieldKind::path, help),
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            std::string path;
            if (value.isNull())
                member(r).reset();
            else if (in.readPath(std::string(key), value, path))
                member(r) = std::move(path);
        },
        [=](const Recipe& r, YAML::Emitter& out) {
            if (member(r))
                put(out, *member(r));
            else
                putWord(out, "null");
        },
        [=](const Recipe& r, Faults& faults) {
            if (member(r))
                checkText(key, *member(r), faults);
        }};
}

inline Field makeField(std::string_view key, FieldKind kind, std::string_view help,
    std::function<void(Reading&, const YamlValue&, Recipe&)> read,
    std::function<void(const Recipe&, YAML::Emitter&)> write, std::function<void(const Recipe&, Faults&)> check)
{
    return {describeField(key, kind, help), std::move(read), std::move(write), std::move(check)};
}

// Rows whose values have a shape of their own: maps (map_fields.cpp), and the others (special_fields.cpp).
Field modelField(std::string_view key, std::string_view help);
Field deviceField(std::string_view key, std::string_view help);
Field trainField(std::string_view key, std::string_view help);
Field validationField(std::string_view key, std::string_view help);
Field columnsField(std::string_view key, std::string_view help);
Field templateField(std::string_view key, std::string_view help);
Field targetsField(std::string_view key, std::string_view help);
Field layersField(std::string_view key, std::string_view help);
Field rankPatternField(std::string_view key, std::string_view help);
Field alphaPatternField(std::string_view key, std::string_view help);
Field modulesToSaveField(std::string_view key, std::string_view help);
Field samplePromptsField(std::string_view key, std::string_view help);
Field schedulerOptionsField(std::string_view key, std::string_view help);
Field optimizerOptionsField(std::string_view key, std::string_view help);

} // namespace falconer
