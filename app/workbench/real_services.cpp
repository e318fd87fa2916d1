// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/real_services.h"

#include "core/inference/playground.h"
#include "core/train/adapter_proof.h"
#include "core/train/queue.h"
#include "core/train/run_forecast.h"
#include "core/train/session.h"
#include "ui/session/local_models.h"

#include <QStandardPaths>

#include <memory>

namespace falconer::workbench {

ui::Services realServices()
{
    ui::Services result;
    result.makeSession = [](LoadedRecipe recipe, std::filesystem::path folder) {
        return makeSession(std::move(recipe), std::move(folder));
    };
    result.resumeSession = [](std::filesystem::path folder) { return resumeSession(std::move(folder)); };
    result.findModels = ui::localModels;
    result.describeMachine = machineFacts;
    result.makePlayground = makePlayground;
    result.proveAdapter = proveAdapter;
    const auto forecaster = std::make_shared<RunForecaster>();
    result.describeModel = [forecaster](const std::string& model) { return forecaster->describe(model); };
    result.planRun = [forecaster](const LoadedRecipe& recipe, const Progress& progress) {
        return forecaster->forecast(recipe.recipe, progress);
    };
    result.weightErrors = [forecaster](const Recipe& recipe) { return forecaster->weightErrors(recipe); };
    result.checkQueue = [](const QueuePlan& plan, const Progress& progress) { return checkQueue(plan, progress); };
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    result.runsRoot = std::filesystem::path(documents.toStdString()) / "Falconer" / "runs";
    return result;
}

} // namespace falconer::workbench
