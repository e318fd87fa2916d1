// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recipe_text.h"

#include "core/base/text.h"

#include <algorithm>
#include <cctype>
#include <string_view>

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

} // namespace

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
    return root / (runName(recipe) + "-" + time);
}

} // namespace falconer::ui
