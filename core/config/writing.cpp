// SPDX-License-Identifier: Apache-2.0
#include "core/config/writing.h"

#include "core/config/field_table.h"
#include "core/config/recipe_io.h"
#include "core/config/yaml_tree.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <string_view>

namespace falconer {

namespace {

/// Whether a text may stand without quotes: a word or a path of plain letters that no reader takes for a number, a
/// boolean (YAML 1.1 has `off`, `no` and `y`), null, or syntax.
bool canStandBare(std::string_view text)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto isSafe = [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || std::string_view("_-./+@").find(c) != std::string_view::npos;
    };
    if (text.empty() || !(isLetter(text[0]) || text[0] == '/' || text[0] == '_'))
        return false;
    if (!std::all_of(text.begin(), text.end(), isSafe))
        return false;
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    constexpr std::string_view kWords[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    return std::find(std::begin(kWords), std::end(kWords), lower) == std::end(kWords);
}

} // namespace

void put(YAML::Emitter& out, bool value) { out << (value ? "true" : "false"); }
void put(YAML::Emitter& out, std::int64_t value) { out << std::to_string(value); }
void put(YAML::Emitter& out, std::uint64_t value) { out << std::to_string(value); }
void put(YAML::Emitter& out, double value) { out << numberText(value); }

void put(YAML::Emitter& out, const std::string& value)
{
    if (!canStandBare(value))
        out << YAML::DoubleQuoted;
    out << value;
}

void putWord(YAML::Emitter& out, const char* word)
{
    if (std::string_view(word) == "null")
        out << YAML::Null;
    else
        out << word;
}

std::string emitted(const std::function<void(YAML::Emitter&)>& write)
{
    YAML::Emitter out;
    out.SetNullFormat(YAML::LowerNull);
    write(out);
    return {out.c_str(), out.size()};
}

std::string writeRecipe(const Recipe& recipe)
{
    return emitted([&](YAML::Emitter& out) {
        out << YAML::BeginMap;
        std::string_view openSection;
        for (const Field& field : fieldTable()) {
            const std::string_view key = field.info.key;
            const std::size_t dot = key.find('.');
            const std::string_view section = dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
            if (section != openSection) {
                if (!openSection.empty())
                    out << YAML::EndMap;
                if (!section.empty())
                    out << YAML::Key << std::string(section) << YAML::Value << YAML::BeginMap;
                openSection = section;
            }
            const std::string leaf(key.substr(dot == std::string_view::npos ? 0 : dot + 1));
            out << YAML::Key << leaf << YAML::Value;
            field.write(recipe, out);
        }
        if (!openSection.empty())
            out << YAML::EndMap;
        out << YAML::EndMap;
    }) + "\n";
}

} // namespace falconer
