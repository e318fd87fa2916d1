// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe_io.h"
#include "ui/session/readiness.h"
#include "ui/session/services.h"

#include <QFutureWatcher>
#include <QWidget>

#include <filesystem>

namespace falconer::ui {

class LogModel;
class MetricsModel;
class ModelFinder;
class ModelListModel;
class ReadinessCard;
class RecipeForm;
class RunMonitor;

/// Form at the left, the run at the right; between them the bridge to the session.
class TrainPage : public QWidget {
    Q_OBJECT

public:
    explicit TrainPage(Services services, QWidget* parent = nullptr);

    void setRecipe(const LoadedRecipe& recipe);
    LoadedRecipe recipe() const;
    const Readiness& readiness() const { return m_readiness; }

    RecipeForm* form() const { return m_form; }
    ReadinessCard* readinessCard() const { return m_card; }
    RunMonitor* monitor() const { return m_monitor; }
    MetricsModel* metrics() const { return m_metrics; }
    LogModel* log() const { return m_log; }
    SessionBridge* bridge() const { return m_bridge; }

    void start();
    void stop();
    /// Asks for a folder, then copies the adapter into it.
    void exportAdapter();
    void exportAdapterTo(const QString& place);
    bool canExport() const { return !m_adapter.empty() && !m_export.isRunning(); }

Q_SIGNALS:
    void readinessChanged();
    /// The search for models is over; until then a recipe that names one by its Hub id cannot be judged.
    void modelsSearched();
    void runningChanged(bool running);
    void exportableChanged();
    /// An export has ended; empty when it failed.
    void exported(const QString& folder);

private:
    struct ExportResult {
        std::filesystem::path folder;
        std::vector<Fault> faults;
    };

    void connectBridge();
    void judge();
    void onStarted();
    void onEnded(const RunEnded& end);
    void onExported();
    void updateExport();

    std::filesystem::path m_runsRoot;
    ModelListModel* m_models;
    MetricsModel* m_metrics;
    LogModel* m_log;
    SessionBridge* m_bridge;
    ModelFinder* m_finder;
    RecipeForm* m_form;
    ReadinessCard* m_card;
    RunMonitor* m_monitor;
    Readiness m_readiness;
    std::string m_runName; ///< of the run that goes on or has ended last
    std::filesystem::path m_adapter;
    QFutureWatcher<ExportResult> m_export;
};

} // namespace falconer::ui
