// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe_io.h"
#include "ui/session/readiness.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace falconer::ui {

class ModelListModel;

/// The recipe that is being put together, shared by every page that changes a part of it. Changes go through here, so
/// that each can be undone and all views follow. No rules live here: core's validate() and Readiness judge.
class RecipeDraft : public QObject {
    Q_OBJECT

public:
    explicit RecipeDraft(QObject* parent = nullptr);
    /// The models of this machine: a recipe may name one of them by its Hub id, and what is wrong with one is said.
    void setModels(const ModelListModel* models);

    const LoadedRecipe& loaded() const { return m_state.loaded; }
    const Recipe& recipe() const { return m_state.loaded.recipe; }
    /// loaded() with its model's path in place of a Hub id or name that a model on this machine has: what is run,
    /// planned and put into the queue.
    LoadedRecipe resolved() const;
    /// The preset or file that the draft began as ("starter", "run.yaml"); empty: a new recipe.
    const QString& title() const { return m_state.title; }
    /// Whether a key has another value than in what the draft began as.
    bool isChanged(const std::string& key) const;
    /// What a key held when the draft began, as YAML.
    std::string originalValue(const std::string& key) const;
    /// The keys for which isChanged() holds, in the order of run.yaml.
    std::vector<std::string> changedKeys() const;

    /// What the draft began as: what isChanged() compares with.
    const LoadedRecipe& origin() const { return m_state.origin; }
    /// Begins with this recipe, as if there had never been another: nothing to undo.
    void begin(const LoadedRecipe& recipe, const QString& title);
    /// The same with a recipe that was changed since it was `origin`.
    void begin(const LoadedRecipe& recipe, const LoadedRecipe& origin, const QString& title);
    /// Nobody has put anything into it yet.
    bool isUntouched() const
    {
        return m_state.title.isEmpty() && m_undo.count() == 0 && m_state.loaded.recipe == m_state.origin.recipe;
    }
    /// Replaces the whole recipe, undoably; `title` says where it comes from.
    void replace(const LoadedRecipe& recipe, const QString& title);
    /// Changes keys, undoably, in one step named `text` ("Rank"). Changes of the same single key that follow each other
    /// (typing) become one step. The keys count as set by the user. Nothing happens when `change` changes nothing.
    void edit(const std::vector<std::string>& keys, const QString& text, const std::function<void(Recipe&)>& change);
    /// The same for one key by its YAML value, as --set takes it. Returns what is wrong with the value, if anything;
    /// then nothing has changed.
    std::vector<Fault> set(const std::string& key, const std::string& yaml, const QString& text);
    /// Back to the value that the draft began with.
    void reset(const std::string& key);

    QUndoStack* undoStack() { return &m_undo; }

    /// What only an editor knows: text that is no value at all. nullopt takes it back.
    void setObstacle(const std::string& key, std::optional<Obstacle> obstacle);
    bool hasObstacle(const std::string& key) const { return m_obstacles.count(key) != 0; }
    const Readiness& readiness() const { return m_readiness; }
    /// Looks again: files may have come and gone.
    void judge();
    /// While a run goes on Start is not possible; the recipe can be edited all the same.
    void setRunning(bool running);

Q_SIGNALS:
    /// The recipe is another one (edit, undo, replace).
    void changed();
    void readinessChanged();

private:
    struct State {
        LoadedRecipe loaded;
        LoadedRecipe origin; ///< what it began as
        QString title;
    };
    class Step;

    void apply(const State& state);
    void push(State state, const QString& text, const std::string& key);

    State m_state;
    QUndoStack m_undo;
    const ModelListModel* m_models = nullptr;
    std::map<std::string, Obstacle> m_obstacles;
    Readiness m_readiness;
    bool m_running = false;
};

} // namespace falconer::ui
