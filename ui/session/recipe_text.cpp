// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recipe_text.h"

#include "core/base/text.h"
#include "core/config/fields.h"
#include "core/config/recipe_io.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\n") - first + 1));
}

std::vector<std::string> parts(std::string_view text)
{
    std::vector<std::string> result;
    while (!text.empty()) {
        const auto comma = text.find(',');
        if (std::string part = trimmed(text.substr(0, comma)); !part.empty())
            result.push_back(std::move(part));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return result;
}

bool isName(const std::string& text)
{
    return std::all_of(
        text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '.' || c == '-'; });
}

std::optional<double> number(const std::string& text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return {};
    return value;
}

/// A line break inside a prompt is "\n", and a backslash is two, so that a prompt is a line.
std::string escaped(const std::string& prompt)
{
    std::string line;
    for (const char letter : prompt) {
        if (letter == '\n')
            line += "\\n";
        else
            line.append(letter == '\\' ? 2 : 1, letter);
    }
    return line;
}

std::string unescaped(std::string_view line)
{
    std::string prompt;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char next = i + 1 < line.size() ? line[i + 1] : '\0';
        const bool isEscape = line[i] == '\\' && (next == 'n' || next == '\\');
        prompt += isEscape && next == 'n' ? '\n' : line[i];
        i += isEscape ? 1 : 0;
    }
    return prompt;
}

std::string promptsText(const std::vector<std::string>& prompts)
{
    std::vector<std::string> lines;
    for (const std::string& prompt : prompts)
        lines.push_back(escaped(prompt));
    return join(lines, "\n");
}

std::vector<std::string> promptsOf(std::string_view text)
{
    std::vector<std::string> prompts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        if (!trimmed(line).empty())
            prompts.push_back(unescaped(line));
        at = end + 1;
    }
    return prompts;
}

/// The members that hold a text as it was typed.
template <typename AnyRecipe>
auto plainText(AnyRecipe& recipe, const std::string& key) -> decltype(&recipe.model)
{
    if (key == "model")
        return &recipe.model;
    if (key == "device")
        return &recipe.device;
    return key == "data.template" ? &recipe.data.templateName : nullptr;
}

template <typename AnyRecipe>
auto optionalText(AnyRecipe& recipe, const std::string& key) -> decltype(&recipe.output)
{
    if (key == "output")
        return &recipe.output;
    return key == "lora.init_from" ? &recipe.lora.initFrom : nullptr;
}

} // namespace

std::string fieldText(const Recipe& recipe, const RecipeValue& value)
{
    const std::string& key = value.key;
    if (const std::string* text = plainText(recipe, key))
        return *text;
    if (const std::optional<std::string>* text = optionalText(recipe, key))
        return text->value_or("");
    const std::vector<WeightedFile>& files = recipe.data.train;
    if (key == "data.train" && (files.empty() || (files.size() == 1 && files.front().weight == 1)))
        return files.empty() ? std::string() : files.front().path;
    if (const auto* file = std::get_if<std::string>(&recipe.data.validation); file && key == "data.validation")
        return *file;
    if (key == "lora.targets")
        return targetsText(recipe.lora);
    if (key == "lora.layers")
        return layersText(recipe.lora);
    if (key == "lora.modules_to_save")
        return join(recipe.lora.modulesToSave, ", ");
    if (key == "training.sample_prompts")
        return promptsText(recipe.training.samplePrompts);
    const FieldInfo* field = findField(key);
    if (field && field->kind == FieldKind::map && value.yaml.size() >= 2)
        return value.yaml.substr(1, value.yaml.size() - 2);
    // A word such as off stands in quotes in YAML, which has a meaning of its own for it.
    if (value.value.is_string())
        return value.value.get<std::string>();
    return value.yaml == "null" ? std::string() : value.yaml;
}

void setFieldText(Recipe& recipe, const std::string& key, const std::string& text)
{
    const std::string value = trimmed(text);
    const FieldInfo* field = findField(key);
    if (std::string* member = plainText(recipe, key))
        *member = value;
    else if (std::optional<std::string>* path = optionalText(recipe, key))
        *path = value.empty() ? std::nullopt : std::optional(value);
    else if (key == "data.train" && !value.starts_with('['))
        recipe.data.train = {{value, 1.0}};
    else if (key == "data.validation" && number(value))
        recipe.data.validation = *number(value);
    else if (key == "data.validation")
        recipe.data.validation = value;
    else if (key == "lora.targets")
        setTargets(recipe.lora, value);
    else if (key == "lora.layers")
        recipe.lora.layers = value.empty() ? std::string("all") : value;
    else if (key == "lora.modules_to_save")
        recipe.lora.modulesToSave = parts(value);
    else if (key == "training.sample_prompts")
        recipe.training.samplePrompts = promptsOf(text);
    else if (field && field->kind == FieldKind::map && !value.starts_with('{'))
        setRecipeValue(recipe, key, "{" + value + "}");
    else if (field && value.empty() && (field->defaultValue == "null" || field->defaultValue == "auto"))
        setRecipeValue(recipe, key, std::string(field->defaultValue));
    else
        setRecipeValue(recipe, key, value);
}

std::string targetsText(const LoraSettings& lora)
{
    if (const auto* text = std::get_if<std::string>(&lora.targets))
        return *text;
    return join(std::get<std::vector<std::string>>(lora.targets), ", ");
}

void setTargets(LoraSettings& lora, const std::string& text)
{
    const std::string value = trimmed(text);
    std::vector<std::string> names = parts(value);
    if (value == "all-linear" || !std::all_of(names.begin(), names.end(), isName))
        lora.targets = value;
    else
        lora.targets = std::move(names);
}

std::string layersText(const LoraSettings& lora)
{
    if (const auto* text = std::get_if<std::string>(&lora.layers))
        return *text;
    std::vector<std::string> numbers;
    for (const std::int64_t layer : std::get<std::vector<std::int64_t>>(lora.layers))
        numbers.push_back(std::to_string(layer));
    return join(numbers, ",");
}

std::string trainText(const DataSettings& data)
{
    std::vector<std::string> names;
    for (const WeightedFile& file : data.train)
        names.push_back(fs::path(file.path).filename().string());
    return join(names, ", ");
}

std::string runName(const Recipe& recipe)
{
    if (!recipe.file.empty())
        return recipe.file.stem().string();
    fs::path model = fs::path(recipe.model);
    if (!model.has_filename())
        model = model.parent_path();
    const std::string name = model.extension() == ".gguf" ? model.stem().string() : model.filename().string();
    const std::string data = recipe.data.train.empty() ? "" : fs::path(recipe.data.train.front().path).stem().string();
    if (name.empty() || data.empty())
        return name.empty() ? data : name;
    return name + "-" + data;
}

fs::path runFolder(const Recipe& recipe, const fs::path& root)
{
    if (recipe.output || !recipe.file.empty())
        return {};
    std::string time = utcTime();
    // Colons are no letters for a file name that may travel to other systems.
    time.erase(std::remove_if(time.begin(), time.end(), [](char c) { return c == ':' || c == '-'; }), time.end());
    const std::string name = runName(recipe) + "-" + time;
    fs::path folder = root / name;
    // A run that failed at once leaves its second to the next one.
    std::error_code ignored;
    for (int number = 2; fs::exists(folder, ignored); ++number)
        folder = root / (name + "-" + std::to_string(number));
    return folder;
}

} // namespace falconer::ui
