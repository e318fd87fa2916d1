// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/config/recipe.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer::ui {

/// One reason why a run cannot start. The kinds that a form can cause are the window's own, so that they can be said in
/// the user's language; everything else is a fault that core found.
struct Obstacle {
    enum class Kind {
        noModel, ///< nothing chosen
        modelMissing, ///< `subject` does not exist
        notAModel, ///< `subject` is neither a folder with config.json nor a .gguf file
        brokenModel, ///< `subject` is core's sentence about a model in the list
        noData,
        dataMissing, ///< `subject` does not exist
        dataNotFile, ///< `subject` is not a file
        dataEmpty, ///< `subject` has no bytes
        notANumber, ///< `subject` is what was typed
        running, ///< a run is already going on
        fault ///< `fault` says it
    };
    Kind kind = Kind::fault;
    std::string key; ///< the field that it stands beside: "lora.rank"; empty when it belongs to none
    std::string subject;
    Fault fault;
};

/// Why Start is disabled, or that it is not. Plain values without widgets: the window shows it, tests read it.
class Readiness {
public:
    /// Checks values (falconer::validate) and that the files which the recipe names are there. Reads no file's content.
    /// `formObstacles` are what the form could not turn into a value at all.
    static Readiness check(const Recipe& recipe, bool running, std::vector<Obstacle> formObstacles = {});

    bool ready() const { return m_obstacles.empty(); }
    const std::vector<Obstacle>& obstacles() const { return m_obstacles; }
    /// Those that keep it out of a queue too: all but a run that is going on, for which a queue waits.
    std::vector<Obstacle> obstaclesToQueue() const;
    /// The first obstacle of a field or of a part of it ("data.train[1]"), or nullptr.
    const Obstacle* find(const std::string& key) const;

private:
    std::vector<Obstacle> m_obstacles;
};

/// The recipe's field that an obstacle's key belongs to: "data.train" for "data.train[1].weight"; empty for none.
std::string fieldOf(std::string_view key);

/// A value that takes an obstacle away.
struct Remedy {
    std::string yaml; ///< "13"
    std::string words; ///< as core puts it: "13 (3 %)"
};
/// The one obvious remedy, if there is one: what core's fix names, or the nearest bound of the field's range. Tried on
/// the recipe, so that taking it helps.
std::optional<Remedy> remedy(const Recipe& recipe, const Obstacle& obstacle);

} // namespace falconer::ui
