// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/ops/machine.h"
#include "core/run/queue_plan.h"
#include "core/train/run_forecast.h"
#include "ui/models/model_list_model.h"
#include "ui/session/playground_bridge.h"
#include "ui/session/session_bridge.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace falconer::ui {

/// What the window needs from outside itself, above all whatever takes LibTorch. The program passes the real things
/// (app/workbench/real_services.cpp), tests their own.
struct Services {
    std::function<std::unique_ptr<Session>(LoadedRecipe recipe, std::filesystem::path folder)> makeSession;
    /// Goes on from the newest checkpoint of a run's folder.
    std::function<std::unique_ptr<Session>(std::filesystem::path folder)> resumeSession;
    /// Models on this machine, those in the folders that the user added included. Called in a worker thread.
    std::function<std::vector<ModelEntry>(const std::vector<std::filesystem::path>& folders)> findModels;
    /// What this machine trains on. Called in a worker thread.
    std::function<MachineFacts()> describeMachine;
    /// What answers in the playground.
    PlaygroundFactory makePlayground;
    /// Loads `exported`, a copy of a run's adapter folder `origin`, and measures it (core/train/adapter_proof.h).
    /// Called in a worker thread.
    std::function<AdapterProof(const std::filesystem::path& run, const std::filesystem::path& origin,
        const std::filesystem::path& exported, std::optional<double> recorded, const Progress& progress)>
        proveAdapter;
    /// The shape of a model as a recipe names it; the memory plan of a recipe with its steps; what each quantization
    /// does to the model's weights (a second or so). Called in worker threads, which may outlive the window; they throw
    /// Error.
    std::function<ModelSpec(const std::string& model)> describeModel;
    std::function<RunForecast(const LoadedRecipe& recipe, const Progress& progress)> planRun;
    std::function<std::vector<WeightError>(const Recipe& recipe)> weightErrors;
    /// What can be told of a queue before it runs: devices, models, adapters, data. Reads whole data sets: called in a
    /// worker thread. Null: only the recipes themselves are checked.
    std::function<std::vector<Fault>(const QueuePlan& plan, const Progress& progress)> checkQueue;
    /// Where runs go whose recipe lies in no file, until the user chooses another place.
    std::filesystem::path runsRoot;
};

} // namespace falconer::ui
