// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/queue_plan.h"
#include "core/run/queue_state.h"
#include "ui/models/queue_model.h"
#include "ui/session/services.h"

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

namespace falconer::ui {

/// What the preflight found.
struct QueueCheck {
    std::map<QString, QStringList> faults; ///< by run, a sentence each
    QStringList general; ///< what belongs to no single run
    bool cancelled = false;
    QueueState state; ///< with the runs that wait, when nothing is wrong

    bool ok() const { return faults.empty() && general.isEmpty(); }
};

/// Looks at every run that is still to be run: its recipe, its files, its folder, and with `check` all that core can
/// tell before a run. `offline`: what would use the network is a fault. With `state` the runs are then taken into it.
/// Reads files: call it in a worker. Throws cancelled.
QueueCheck checkItems(const std::vector<QueueItem>& items, const std::filesystem::path& home,
    const std::optional<QueueState>& state, bool offline,
    const std::function<std::vector<Fault>(const QueuePlan&, const Progress&)>& check, const Progress& progress);

/// An item as core's queue knows it. Throws Error when its recipe is spoilt.
QueuedRun queuedRun(const QueueItem& item);

} // namespace falconer::ui
