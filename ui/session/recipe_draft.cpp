// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recipe_draft.h"

#include "core/run/recipe_values.h"
#include "ui/models/model_list_model.h"

#include <QUndoCommand>

#include <algorithm>
#include <utility>

namespace falconer::ui {
namespace {

/// Undo goes back this far; a step is two recipes, a few kilobytes.
constexpr int kUndoLimit = 200;

} // namespace

class RecipeDraft::Step : public QUndoCommand {
public:
    /// `key` empty: never merged.
    Step(RecipeDraft& draft, State after, const QString& text, std::string key)
        : QUndoCommand(text)
        , m_draft(draft)
        , m_before(draft.m_state)
        , m_after(std::move(after))
        , m_key(std::move(key))
    {
    }

    void undo() override { m_draft.apply(m_before); }
    void redo() override { m_draft.apply(m_after); }
    int id() const override { return m_key.empty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* next) override
    {
        const auto* other = static_cast<const Step*>(next);
        if (other->m_key != m_key)
            return false;
        m_after = other->m_after;
        // Typed and typed back: there is nothing left to undo.
        setObsolete(m_after.loaded.recipe == m_before.loaded.recipe);
        return true;
    }

private:
    RecipeDraft& m_draft;
    State m_before;
    State m_after;
    std::string m_key;
};

RecipeDraft::RecipeDraft(QObject* parent)
    : QObject(parent)
{
    m_undo.setUndoLimit(kUndoLimit);
    judge();
}

void RecipeDraft::setModels(const ModelListModel* models)
{
    m_models = models;
    connect(models, &QAbstractItemModel::modelReset, this, &RecipeDraft::judge);
    judge();
}

bool RecipeDraft::isChanged(const std::string& key) const
{
    const std::vector<std::string> keys = changedKeys();
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::vector<std::string> RecipeDraft::changedKeys() const
{
    if (m_state.loaded.recipe == m_state.origin.recipe)
        return {};
    const std::vector<RecipeValue> now = recipeValues(m_state.loaded.recipe);
    const std::vector<RecipeValue> before = recipeValues(m_state.origin.recipe);
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < now.size(); ++i)
        if (now[i].yaml != before[i].yaml)
            keys.push_back(now[i].key);
    return keys;
}

std::string RecipeDraft::originalValue(const std::string& key) const
{
    for (const RecipeValue& value : recipeValues(m_state.origin.recipe))
        if (value.key == key)
            return value.yaml;
    return {};
}

LoadedRecipe RecipeDraft::resolved() const
{
    LoadedRecipe result = m_state.loaded;
    if (m_models)
        result.recipe.model = m_models->pathOf(QString::fromStdString(result.recipe.model)).toStdString();
    return result;
}

void RecipeDraft::begin(const LoadedRecipe& recipe, const QString& title) { begin(recipe, recipe, title); }

void RecipeDraft::begin(const LoadedRecipe& recipe, const LoadedRecipe& origin, const QString& title)
{
    m_obstacles.clear();
    m_undo.clear();
    apply({recipe, origin, title});
}

void RecipeDraft::replace(const LoadedRecipe& recipe, const QString& title)
{
    m_obstacles.clear();
    push({recipe, recipe, title}, title.isEmpty() ? tr("New recipe") : tr("Open %1").arg(title), {});
}

void RecipeDraft::edit(
    const std::vector<std::string>& keys, const QString& text, const std::function<void(Recipe&)>& change)
{
    State next = m_state;
    change(next.loaded.recipe);
    if (next.loaded.recipe == m_state.loaded.recipe)
        return;
    next.loaded.keysSet.insert(keys.begin(), keys.end());
    push(std::move(next), text, keys.size() == 1 ? keys.front() : std::string());
}

std::vector<Fault> RecipeDraft::set(const std::string& key, const std::string& yaml, const QString& text)
{
    // Only this key's own faults count: other keys may be half-edited, and are judged beside their fields.
    Recipe changed = m_state.loaded.recipe;
    try {
        setRecipeValue(changed, key, yaml);
    } catch (const Error& error) {
        return error.faults();
    }
    edit({key}, text, [&](Recipe& recipe) { recipe = changed; });
    return {};
}

void RecipeDraft::reset(const std::string& key)
{
    m_obstacles.erase(key);
    State next = m_state;
    try {
        setRecipeValue(next.loaded.recipe, key, originalValue(key));
    } catch (const Error&) {
        // What stands for "nothing chosen" is no value that a file could hold.
        if (key == "data.train")
            next.loaded.recipe.data.train = m_state.origin.recipe.data.train;
        else if (key == "model")
            next.loaded.recipe.model = m_state.origin.recipe.model;
    }
    if (m_state.origin.keysSet.count(key) == 0)
        next.loaded.keysSet.erase(key);
    if (next.loaded.recipe == m_state.loaded.recipe)
        apply(next); // what was typed and is no value goes all the same
    else
        push(std::move(next), tr("Reset"), {});
}

void RecipeDraft::setObstacle(const std::string& key, std::optional<Obstacle> obstacle)
{
    if (!obstacle && m_obstacles.erase(key) == 0)
        return;
    if (obstacle)
        m_obstacles[key] = std::move(*obstacle);
    judge();
}

void RecipeDraft::judge()
{
    std::vector<Obstacle> obstacles;
    for (const auto& [key, obstacle] : m_obstacles)
        obstacles.push_back(obstacle);
    const Recipe recipe = resolved().recipe;
    if (m_models) {
        const int row = m_models->rowOf(QString::fromStdString(recipe.model));
        const QString problem = row < 0 ? QString() : m_models->index(row).data(ModelListModel::ProblemRole).toString();
        if (!problem.isEmpty())
            obstacles.push_back({Obstacle::Kind::brokenModel, "model", problem.toStdString(), {}});
    }
    m_readiness = Readiness::check(recipe, m_running, std::move(obstacles));
    Q_EMIT readinessChanged();
}

void RecipeDraft::setRunning(bool running)
{
    m_running = running;
    judge();
}

void RecipeDraft::apply(const State& state)
{
    m_state = state;
    Q_EMIT changed();
    judge();
}

void RecipeDraft::push(State state, const QString& text, const std::string& key)
{
    m_undo.push(new Step(*this, std::move(state), text, key));
}

} // namespace falconer::ui
