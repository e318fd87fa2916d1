// SPDX-License-Identifier: GPL-3.0-or-later
// What is in the queue: adding, taking off, putting in order.
#include "ui/session/queue_runner.h"

#include "core/hub/local_models.h"
#include "ui/models/model_list_model.h"
#include "ui/session/queue_store.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"

#include <QtConcurrent>

#include <algorithm>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

using State = QueueItem::State;

bool isThere(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

/// "-rank8-seed2": what tells a sweep's runs apart, as a part of their names.
QString pointName(const std::vector<RecipeSetting>& point)
{
    QString name;
    for (const RecipeSetting& setting : point)
        name += QLatin1Char('-')
            + QString::fromStdString(setting.key.substr(setting.key.find_last_of('.') + 1) + setting.yaml);
    return name;
}

} // namespace

QString QueueRunner::freeName(const QString& wanted) const
{
    QString base = wanted.simplified();
    for (QChar& letter : base)
        if (letter == QLatin1Char('/') || letter == QLatin1Char('\\') || letter == QLatin1Char(':')
            || letter.category() == QChar::Other_Control)
            letter = QLatin1Char('-');
    while (base.startsWith(QLatin1Char('.')))
        base.remove(0, 1);
    base = base.left(80).trimmed();
    if (base.isEmpty())
        base = tr("run");
    QString name = base;
    // A name stands for a folder too, so that both are easy to find by the other.
    for (int number = 2; m_model->rowOf(name) >= 0 || isThere(m_workspace.runsFolder() / name.toStdString()); ++number)
        name = base + QLatin1Char('-') + QString::number(number);
    return name;
}

fs::path QueueRunner::freeFolder(const QString& name) const { return m_workspace.runsFolder() / name.toStdString(); }

void QueueRunner::enlist(QueueItem item)
{
    // What an earlier run of that name came to is not this one's.
    if (m_state.find(item.name.toStdString()))
        m_state.set(item.name.toStdString(), "waiting");
    m_model->append(std::move(item));
}

QString QueueRunner::add(const LoadedRecipe& recipe, const QString& name)
{
    load();
    QueueItem item;
    item.name = freeName(name);
    item.folder = recipe.recipe.output ? RunFolder::defaultPath(recipe.recipe) : freeFolder(item.name);
    item.recipe = writeRecipe(recipe.recipe);
    item.keysSet = recipe.keysSet;
    item.model = toQString(shortName(recipe.recipe.model));
    const QString given = item.name;
    enlist(std::move(item));
    saveList();
    Q_EMIT phaseChanged();
    return given;
}

std::vector<Fault> QueueRunner::addSweep(
    const LoadedRecipe& recipe, const QString& name, const std::vector<SweepAxis>& axes)
{
    load();
    if (gridSize(axes) == 0 || gridSize(axes) > kMostQueuedRuns)
        return {{ErrorCode::requestInvalid, name.toStdString(),
            gridSize(axes) == 0 ? "has a key without values" : "would be more than 10,000 runs",
            gridSize(axes) == 0 ? "give each key a value" : "give fewer values"}};
    std::vector<QueueItem> items;
    std::vector<Fault> faults;
    for (const std::vector<RecipeSetting>& point : sweepPoints(axes, {}, 0)) {
        LoadedRecipe changed = recipe;
        // Runs cannot share a folder.
        changed.recipe.output.reset();
        try {
            for (const RecipeSetting& setting : point) {
                setRecipeValue(changed.recipe, setting.key, setting.yaml);
                changed.keysSet.insert(setting.key);
            }
            for (Fault& fault : validate(changed.recipe))
                faults.push_back(std::move(fault));
        } catch (const Error& error) {
            faults.insert(faults.end(), error.faults().begin(), error.faults().end());
        }
        if (!faults.empty())
            return faults;
        QueueItem item;
        item.recipe = writeRecipe(changed.recipe);
        item.keysSet = std::move(changed.keysSet);
        item.model = toQString(shortName(changed.recipe.model));
        item.settings = settingsText(point);
        item.name = name + pointName(point);
        items.push_back(std::move(item));
    }
    for (QueueItem& item : items) {
        item.name = freeName(item.name);
        item.folder = freeFolder(item.name);
        enlist(std::move(item));
    }
    saveList();
    Q_EMIT phaseChanged();
    return {};
}

void QueueRunner::addFile(const QString& file)
{
    load();
    if (m_file.isRunning())
        return;
    // Its runs get a folder of their own, so that the same file can be run twice.
    const fs::path output = freeFolder(freeName(QString::fromStdString(fs::path(file.toStdString()).stem().string())));
    m_file.setFuture(QtConcurrent::run([file, output, models = m_workspace.models()->entries()] {
        AddedFile added;
        try {
            for (QueuedRun& run : planQueue(readQueueFile(file.toStdString()), output).runs) {
                std::string& model = run.recipe.recipe.model;
                model = modelPath(models, QString::fromStdString(model)).toStdString();
                QueueItem item;
                item.name = QString::fromStdString(run.name);
                item.folder = run.folder;
                item.recipe = writeRecipe(run.recipe.recipe);
                item.keysSet = run.recipe.keysSet;
                item.model = toQString(shortName(run.recipe.recipe.model));
                item.settings = settingsText(run.settings);
                added.items.push_back(std::move(item));
            }
        } catch (const Error& error) {
            added.problem = describe(error.faults());
        }
        return added;
    }));
}

void QueueRunner::takeFile()
{
    AddedFile added = m_file.result();
    for (QueueItem& item : added.items) {
        item.name = freeName(item.name);
        enlist(std::move(item));
    }
    if (!added.items.empty())
        saveList();
    Q_EMIT phaseChanged();
    Q_EMIT fileAdded(static_cast<int>(added.items.size()), added.problem);
}

void QueueRunner::remove(int row)
{
    if (row < 0 || row >= m_model->rowCount() || m_model->item(row).state == State::running)
        return;
    m_model->removeAt(row);
    saveList();
    Q_EMIT phaseChanged();
}

void QueueRunner::removeOver()
{
    for (int row = m_model->rowCount() - 1; row >= 0; --row)
        if (m_model->item(row).isOver())
            m_model->removeAt(row);
    saveList();
    Q_EMIT phaseChanged();
}

void QueueRunner::move(int from, int to)
{
    const int count = m_model->rowCount();
    if (from < 0 || from >= count || m_model->item(from).state != State::waiting)
        return;
    int first = 0; // the earliest place of a run that waits
    for (int row = 0; row < count; ++row)
        if (m_model->item(row).state != State::waiting)
            first = row + 1;
    if (from < first)
        first = from;
    m_model->move(from, std::clamp(to, first, count - 1));
    saveList();
    Q_EMIT phaseChanged();
}

void QueueRunner::retry(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    QueueItem item = m_model->item(row);
    if (item.state != State::failed && item.state != State::stopped)
        return;
    item.state = isThere(item.folder / "run.yaml") ? State::interrupted : State::waiting;
    item.message.clear();
    m_model->update(row, item);
    saveState();
    Q_EMIT phaseChanged();
}

} // namespace falconer::ui
