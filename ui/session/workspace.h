// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/app_settings.h"
#include "ui/session/page_id.h"
#include "ui/session/recent_items.h"
#include "ui/session/recipe_draft.h"
#include "ui/session/run_controller.h"
#include "ui/session/services.h"

#include <QFutureWatcher>
#include <QObject>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace falconer::ui {

class DraftStore;
class ModelFinder;
class ModelListModel;
class RunPlanner;
class QueueRunner;

/// What the pages share. A page knows this and nothing of the other pages: it changes the draft, the run or the
/// selection, and asks for another page to be shown.
class Workspace : public QObject {
    Q_OBJECT

public:
    explicit Workspace(Services services, QObject* parent = nullptr);
    ~Workspace() override;
    /// Starts what may take a while and need not wait for the window: the search for models, a look at the machine.
    void lookAround();

    const Services& services() const { return m_services; }
    AppSettings& settings() { return m_settings; }
    RecentItems& recent() { return m_recent; }
    RecipeDraft& draft() { return m_draft; }
    RunController& run() { return m_run; }
    /// The runs that wait for their turn.
    QueueRunner& queue() { return *m_queue; }
    ModelListModel* models() const { return m_models; }
    /// What this machine trains on; nullopt until machineKnown().
    const std::optional<MachineFacts>& machine() const { return m_machine; }
    ModelFinder* finder() const { return m_finder; }
    /// What the draft would come to. Made, and from then on kept up to date, when it is first asked for.
    RunPlanner& planner();

    /// Where runs lie whose recipe lies in no file: the user's folder, else the program's.
    std::filesystem::path runsFolder() const;
    /// Where a run of the draft would go.
    std::filesystem::path nextRunFolder() const;

    /// Begins a recipe anew, with the defaults that the settings hold.
    void newRecipe();
    /// Looks at the draft once more and starts it when it is ready; the Train page is shown then.
    void startDraft();
    /// Resumes a run and shows the Train page. Does nothing while one is going on.
    void resumeRun(const std::filesystem::path& folder);
    /// Fills the draft from a file and shows the Recipe page; faults (then nothing has changed) are returned.
    std::vector<Fault> openRecipe(const QString& file, const std::vector<std::string>& overrides = {});
    /// Writes the draft's recipe; faults are returned.
    std::vector<Fault> saveRecipe(const QString& file);
    /// A model (folder or .gguf) or data file becomes the draft's.
    void useModel(const QString& path);
    void useData(const QString& file);

    /// The finished or stopped run, and its checkpoint, that Playground and Export work on; empty: none chosen. Without
    /// a checkpoint it is the adapter that the run handed over.
    const std::filesystem::path& selectedRun() const { return m_selectedRun; }
    std::optional<std::int64_t> selectedCheckpoint() const { return m_selectedCheckpoint; }
    void selectRun(const std::filesystem::path& folder, std::optional<std::int64_t> checkpoint = {});

    void show(PageId page) { Q_EMIT pageRequested(page); }
    /// Shows the Runs page with its queue in front.
    void showQueue();

Q_SIGNALS:
    void pageRequested(falconer::ui::PageId page);
    void queueRequested();
    void selectedRunChanged();
    void tourRequested();
    void machineKnown();
    /// A run folder was begun, has ended, was changed or removed: lists of runs look again.
    void runsChanged();

private:
    LoadedRecipe defaultRecipe() const;
    void checkOffline();

    Services m_services;
    AppSettings m_settings;
    RecentItems m_recent;
    RecipeDraft m_draft;
    RunController m_run;
    ModelListModel* m_models;
    ModelFinder* m_finder;
    QFutureWatcher<MachineFacts> m_looking;
    std::optional<MachineFacts> m_machine;
    RunPlanner* m_planner = nullptr;
    QueueRunner* m_queue;
    std::unique_ptr<DraftStore> m_draftStore; ///< saves the draft when it goes, so it goes first
    std::filesystem::path m_selectedRun;
    std::optional<std::int64_t> m_selectedCheckpoint;
};

} // namespace falconer::ui
