// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/readiness.h"

#include "core/base/files.h"
#include "core/config/fields.h"
#include "core/config/range.h"
#include "core/config/recipe_io.h"
#include "core/run/recipe_values.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <regex>
#include <variant>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

using Kind = Obstacle::Kind;

/// Relative paths start where the recipe lies.
fs::path resolved(const Recipe& recipe, const std::string& path) { return expandPath(path, recipe.file.parent_path()); }

bool holdsModel(const fs::path& folder)
{
    std::error_code ignored;
    if (fs::exists(folder / "config.json", ignored))
        return true;
    fs::directory_iterator entries(folder, ignored);
    return !ignored && std::any_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
        return entry.path().extension() == ".gguf";
    });
}

std::optional<Kind> modelObstacle(const Recipe& recipe)
{
    if (recipe.model.empty())
        return Kind::noModel;
    const fs::path path = resolved(recipe, recipe.model);
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Kind::modelMissing;
    if (fs::is_directory(path, ignored) ? !holdsModel(path) : path.extension() != ".gguf")
        return Kind::notAModel;
    return {};
}

std::optional<Kind> dataObstacle(const Recipe& recipe, const std::string& file)
{
    if (file.empty())
        return Kind::noData;
    const fs::path path = resolved(recipe, file);
    std::error_code failed;
    if (!fs::exists(path, failed))
        return Kind::dataMissing;
    if (!fs::is_regular_file(path, failed))
        return Kind::dataNotFile;
    if (fs::file_size(path, failed) == 0)
        return Kind::dataEmpty;
    return {};
}

/// "use 13 (3 %)" names one value; "use completion or all" and "use fewer steps" do not.
std::optional<Remedy> namedIn(const std::string& fix)
{
    static const std::regex kOneValue("(?:use|write|the nearest is) ([^\\s,;]+)( \\([^)]*\\))?");
    std::smatch match;
    if (!std::regex_match(fix, match, kOneValue))
        return {};
    return Remedy{match[1].str(), match[1].str() + match[2].str()};
}

std::optional<Remedy> nearestBound(const Recipe& recipe, const FieldInfo& field)
{
    for (const RecipeValue& value : recipeValues(recipe)) {
        if (value.key != field.key || !value.value.is_number())
            continue;
        const double number = value.value.get<double>();
        const bool low = field.minimum && number < *field.minimum;
        const bool high = field.maximum && number > *field.maximum;
        if (low || high) {
            const std::string text = numberText(low ? *field.minimum : *field.maximum);
            return Remedy{text, text};
        }
    }
    return {};
}

bool helps(Recipe recipe, const std::string& key, const Remedy& remedy)
{
    try {
        setRecipeValue(recipe, key, remedy.yaml);
    } catch (const Error&) {
        return false;
    }
    const std::vector<Fault> left = validate(recipe);
    return std::none_of(left.begin(), left.end(), [&](const Fault& fault) { return fault.subject == key; });
}

} // namespace

Readiness Readiness::check(const Recipe& recipe, bool running, std::vector<Obstacle> formObstacles)
{
    Readiness result;
    auto& obstacles = result.m_obstacles;
    // The recipe of the next run can be edited meanwhile, so its faults are said all the same.
    if (running)
        obstacles.push_back({Kind::running, {}, {}, {}});
    if (const auto kind = modelObstacle(recipe))
        obstacles.push_back({*kind, "model", recipe.model, {}});
    if (recipe.data.train.empty())
        obstacles.push_back({Kind::noData, "data.train", {}, {}});
    for (const WeightedFile& file : recipe.data.train)
        if (const auto kind = dataObstacle(recipe, file.path))
            obstacles.push_back({*kind, "data.train", file.path, {}});
    if (const auto* file = std::get_if<std::string>(&recipe.data.validation))
        if (const auto kind = dataObstacle(recipe, *file); kind && kind != Kind::noData)
            obstacles.push_back({*kind, "data.validation", *file, {}});
    for (Obstacle& obstacle : formObstacles)
        obstacles.push_back(std::move(obstacle));
    for (Fault& fault : validate(recipe)) {
        // A field that already has a more basic obstacle says only that one.
        if (std::any_of(obstacles.begin(), obstacles.end(), [&](const Obstacle& o) { return o.key == fault.subject; }))
            continue;
        std::string key = fault.subject;
        obstacles.push_back({Kind::fault, std::move(key), {}, std::move(fault)});
    }
    return result;
}

std::vector<Obstacle> Readiness::obstaclesToQueue() const
{
    std::vector<Obstacle> obstacles = m_obstacles;
    std::erase_if(obstacles, [](const Obstacle& obstacle) { return obstacle.kind == Obstacle::Kind::running; });
    return obstacles;
}

const Obstacle* Readiness::find(const std::string& key) const
{
    const auto found = std::find_if(m_obstacles.begin(), m_obstacles.end(),
        [&](const Obstacle& o) { return o.key == key || fieldOf(o.key) == key; });
    return found == m_obstacles.end() ? nullptr : &*found;
}

std::string fieldOf(std::string_view key)
{
    while (!key.empty() && !findField(key)) {
        const auto end = key.find_last_of(".[");
        key = end == std::string_view::npos ? std::string_view() : key.substr(0, end);
    }
    return std::string(key);
}

std::optional<Remedy> remedy(const Recipe& recipe, const Obstacle& obstacle)
{
    const FieldInfo* field = findField(obstacle.key);
    if (!field || obstacle.kind != Kind::fault)
        return {};
    for (const auto& candidate : {namedIn(obstacle.fault.fix), nearestBound(recipe, *field)})
        if (candidate && helps(recipe, obstacle.key, *candidate))
            return candidate;
    return {};
}

} // namespace falconer::ui
