// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/queue_check.h"

#include "core/run/run_folder.h"
#include "ui/session/network_use.h"
#include "ui/session/queue_store.h"
#include "ui/session/readiness.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"

#include <QCoreApplication>

#include <system_error>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

struct QueueChecks {
    Q_DECLARE_TR_FUNCTIONS(QueueChecks)
};

bool isThere(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

QStringList folderFaults(const QueueItem& item, const QueuedRun& run)
{
    const QString folder = QString::fromStdString(item.folder.string());
    if (run.action == QueueAction::resume) {
        if (RunFolder::open(item.folder).isRunning())
            return {QueueChecks::tr("It is being trained by another program, in %1.").arg(folder)};
        return {};
    }
    if (isThere(item.folder / "run.yaml") || isThere(item.folder / "metrics.jsonl"))
        return {QueueChecks::tr("Its folder holds another run: %1. Remove it here and add it again.").arg(folder)};
    return {};
}

} // namespace

QueuedRun queuedRun(const QueueItem& item)
{
    QueuedRun run;
    run.name = item.name.toStdString();
    run.label = run.name;
    run.folder = item.folder;
    run.recipe = recipeOf(item);
    run.action = item.state == QueueItem::State::interrupted && isThere(item.folder / "run.yaml") ? QueueAction::resume
                                                                                                  : QueueAction::start;
    return run;
}

QueueCheck checkItems(const std::vector<QueueItem>& items, const fs::path& home, const std::optional<QueueState>& state,
    bool offline, const std::function<std::vector<Fault>(const QueuePlan&, const Progress&)>& check,
    const Progress& progress)
{
    QueueCheck result;
    QueuePlan plan;
    plan.file = home / "list.json";
    plan.output = home;
    std::map<fs::path, QString> owners;
    long long done = 0;
    for (const QueueItem& item : items) {
        report(progress, "recipes", done++, static_cast<long long>(items.size()));
        if (!item.isOpen())
            continue;
        QStringList faults;
        try {
            QueuedRun run = queuedRun(item);
            const Readiness readiness = Readiness::check(run.recipe.recipe, false);
            for (const Obstacle& obstacle : readiness.obstacles())
                faults << sentence(obstacle);
            if (const auto fault = offline ? networkUse(run.recipe.recipe) : std::nullopt)
                faults << describe(*fault);
            faults += folderFaults(item, run);
            if (const auto [owner, first] = owners.emplace(item.folder, item.name); !first)
                faults << QueueChecks::tr("It would write to the folder of %1: %2.")
                              .arg(owner->second, QString::fromStdString(item.folder.string()));
            if (faults.isEmpty())
                plan.runs.push_back(std::move(run));
        } catch (const Error& error) {
            for (const Fault& fault : error.faults())
                faults << describe(fault);
        }
        if (!faults.isEmpty())
            result.faults[item.name] = faults;
    }
    // What the model or the data lack is worth knowing for the sound ones even when others are not.
    if (check)
        for (Fault fault : check(plan, progress)) {
            // Core begins the subject with the run's label.
            QString owner;
            for (const QueuedRun& run : plan.runs)
                if (fault.subject.starts_with(run.label + ", ")) {
                    owner = QString::fromStdString(run.name);
                    fault.subject.erase(0, run.label.size() + 2);
                    break;
                }
            if (owner.isEmpty())
                result.general << describe(fault);
            else
                result.faults[owner] << describe(fault);
        }
    if (state && result.ok()) {
        result.state = *state;
        result.state.take(plan);
    }
    return result;
}

} // namespace falconer::ui
