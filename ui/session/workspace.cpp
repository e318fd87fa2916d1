// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/workspace.h"

#include "core/base/files.h"
#include "core/run/run_folder.h"
#include "ui/models/model_list_model.h"
#include "ui/session/draft_store.h"
#include "ui/session/model_finder.h"
#include "ui/session/network_use.h"
#include "ui/session/queue_runner.h"
#include "ui/session/recipe_text.h"
#include "ui/session/run_planner.h"

#include <QFileInfo>
#include <QtConcurrent>

namespace falconer::ui {

Workspace::Workspace(Services services, QObject* parent)
    : QObject(parent)
    , m_services(std::move(services))
    , m_run(m_services)
    , m_models(new ModelListModel(this))
    , m_finder(new ModelFinder(
          [this] {
              std::vector<std::filesystem::path> folders;
              for (const QString& folder : m_settings.modelFolders())
                  folders.emplace_back(folder.toStdString());
              return [find = m_services.findModels, folders] { return find(folders); };
          },
          m_models, this))
    , m_queue(new QueueRunner(*this))
    , m_draftStore(std::make_unique<DraftStore>(m_draft))
{
    m_draft.setModels(m_models);
    m_draft.begin(defaultRecipe(), {});
    m_draftStore->restore();
    m_run.setGuard([this](const Recipe& recipe) { return m_settings.offline() ? networkUse(recipe) : std::nullopt; });
    connect(&m_looking, &QFutureWatcherBase::finished, this, [this] {
        m_machine = m_looking.result();
        Q_EMIT machineKnown();
    });
    connect(&m_draft, &RecipeDraft::changed, this, &Workspace::checkOffline);
    connect(&m_settings, &AppSettings::changed, this, &Workspace::checkOffline);
    connect(&m_run, &RunController::stateChanged, this, [this] { m_draft.setRunning(m_run.isRunning()); });
    connect(&m_run.bridge(), &SessionBridge::runStarted, this, [this](const RunStarted& run) {
        m_recent.add(RecentItems::Kind::run, QString::fromStdString(run.folder.string()));
        if (run.folder.parent_path() != runsFolder())
            m_settings.addRunRoot(QString::fromStdString(run.folder.parent_path().string()));
        Q_EMIT runsChanged();
    });
    connect(&m_run, &RunController::ended, this, [this](const RunEnded& end) {
        if (!end.adapter.empty())
            selectRun(m_run.folder());
        Q_EMIT runsChanged();
    });
}

Workspace::~Workspace() = default;

void Workspace::lookAround()
{
    m_finder->search();
    if (m_services.describeMachine)
        m_looking.setFuture(QtConcurrent::run(m_services.describeMachine));
}

LoadedRecipe Workspace::defaultRecipe() const
{
    LoadedRecipe loaded;
    const QVariantMap defaults = m_settings.recipeDefaults();
    for (auto each = defaults.begin(); each != defaults.end(); ++each) {
        try {
            setRecipeValue(loaded.recipe, each.key().toStdString(), each.value().toString().toStdString());
        } catch (const Error&) {
            // A default of another version; the recipe's own stands.
        }
    }
    return loaded;
}

void Workspace::newRecipe() { m_draft.replace(defaultRecipe(), {}); }

void Workspace::checkOffline()
{
    const std::string key = "logging.wandb";
    const auto fault = m_settings.offline() ? networkUse(m_draft.recipe()) : std::nullopt;
    m_draft.setObstacle(key, fault ? std::optional(Obstacle{Obstacle::Kind::fault, key, {}, *fault}) : std::nullopt);
}

RunPlanner& Workspace::planner()
{
    if (!m_planner)
        m_planner = new RunPlanner(m_draft, m_services, this);
    return *m_planner;
}

std::filesystem::path Workspace::runsFolder() const
{
    const QString chosen = m_settings.runsFolder();
    return chosen.isEmpty() ? m_services.runsRoot : std::filesystem::path(chosen.toStdString());
}

std::filesystem::path Workspace::nextRunFolder() const
{
    const std::filesystem::path folder = runFolder(m_draft.recipe(), runsFolder());
    return folder.empty() ? RunFolder::defaultPath(m_draft.recipe()) : folder;
}

void Workspace::startDraft()
{
    m_draft.judge();
    if (!m_draft.readiness().ready())
        return;
    const Recipe& recipe = m_draft.recipe();
    m_recent.add(RecentItems::Kind::model, QString::fromStdString(recipe.model));
    for (const WeightedFile& file : recipe.data.train)
        m_recent.add(RecentItems::Kind::data, QString::fromStdString(file.path));
    show(PageId::train);
    m_run.start(m_draft.resolved(), runFolder(recipe, runsFolder()), QString::fromStdString(runName(recipe)));
}

void Workspace::showQueue()
{
    show(PageId::runs);
    Q_EMIT queueRequested();
}

void Workspace::resumeRun(const std::filesystem::path& folder)
{
    if (m_run.isRunning())
        return;
    show(PageId::train);
    m_run.resume(folder);
}

std::vector<Fault> Workspace::openRecipe(const QString& file, const std::vector<std::string>& overrides)
{
    try {
        m_draft.replace(loadRecipe(file.toStdString(), overrides), QFileInfo(file).fileName());
    } catch (const Error& error) {
        return error.faults();
    }
    m_recent.add(RecentItems::Kind::recipe, QFileInfo(file).absoluteFilePath());
    show(PageId::recipe);
    return {};
}

std::vector<Fault> Workspace::saveRecipe(const QString& file)
{
    try {
        writeFile(file.toStdString(), writeRecipe(m_draft.recipe()));
    } catch (const Error& error) {
        return error.faults();
    }
    m_recent.add(RecentItems::Kind::recipe, QFileInfo(file).absoluteFilePath());
    return {};
}

void Workspace::useModel(const QString& path)
{
    m_draft.edit({"model"}, tr("Model"), [&](Recipe& recipe) { recipe.model = path.toStdString(); });
}

void Workspace::useData(const QString& file)
{
    // What was mapped for the columns of another file would be wrong for this one.
    m_draft.edit({"data.train", "data.columns", "data.format"}, tr("Data"), [&](Recipe& recipe) {
        const DataSettings fresh;
        recipe.data.train = {{file.toStdString(), 1.0}};
        recipe.data.columns = fresh.columns;
        recipe.data.format = fresh.format;
    });
}

void Workspace::selectRun(const std::filesystem::path& folder, std::optional<std::int64_t> checkpoint)
{
    if (m_selectedRun == folder && m_selectedCheckpoint == checkpoint)
        return;
    m_selectedRun = folder;
    m_selectedCheckpoint = checkpoint;
    Q_EMIT selectedRunChanged();
}

} // namespace falconer::ui
