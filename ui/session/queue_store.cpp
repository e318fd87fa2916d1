// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/queue_store.h"

#include "core/base/files.h"
#include "core/run/append_file.h"
#include "core/run/run_folder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <system_error>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

using State = QueueItem::State;

struct QueueStore {
    Q_DECLARE_TR_FUNCTIONS(QueueStore)
};

/// A list of core's longest queue is about a third of this.
constexpr std::uintmax_t kMostBytes = 128 * 1024 * 1024;

fs::path listFile(const fs::path& home) { return home / "list.json"; }

State stateFrom(const std::string& name)
{
    if (name == "running" || name == "interrupted")
        return State::interrupted;
    if (name == "finished")
        return State::finished;
    if (name == "stopped")
        return State::stopped;
    return name == "failed" ? State::failed : State::waiting;
}

std::optional<double> numberFrom(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QJsonValue orNull(const std::optional<double>& value) { return value ? QJsonValue(*value) : QJsonValue(); }

/// nullopt for what is none of ours.
std::optional<QueueItem> itemFrom(const QJsonObject& object)
{
    for (const char* key : {"name", "folder", "recipe", "model", "settings"})
        if (!object[QLatin1String(key)].isString())
            return std::nullopt;
    const QJsonValue keys = object[QStringLiteral("keys_set")];
    if (!keys.isArray())
        return std::nullopt;
    QueueItem item;
    item.name = object[QStringLiteral("name")].toString();
    item.folder = object[QStringLiteral("folder")].toString().toStdString();
    item.recipe = object[QStringLiteral("recipe")].toString().toStdString();
    for (const QJsonValue& key : keys.toArray())
        item.keysSet.insert(key.toString().toStdString());
    item.model = object[QStringLiteral("model")].toString();
    item.settings = object[QStringLiteral("settings")].toString();
    item.bestLoss = numberFrom(object[QStringLiteral("best_eval_loss")]);
    if (item.bestLoss && object[QStringLiteral("best_step")].isDouble())
        item.bestStep = object[QStringLiteral("best_step")].toInteger();
    item.lastLoss = numberFrom(object[QStringLiteral("last_loss")]);
    item.steps = object[QStringLiteral("steps")].toInteger();
    item.seconds = numberFrom(object[QStringLiteral("seconds")]);
    return item;
}

std::vector<QueueItem> itemsFrom(const fs::path& file)
{
    const Error malformed(ErrorCode::fileMalformed, file.string(), "is not the list of a queue");
    std::error_code error;
    if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > kMostBytes || error)
        throw malformed;
    const QJsonValue runs
        = QJsonDocument::fromJson(QByteArray::fromStdString(readFile(file))).object()[QStringLiteral("runs")];
    if (!runs.isArray())
        throw malformed;
    std::vector<QueueItem> items;
    std::set<QString> names;
    for (const QJsonValue& run : runs.toArray()) {
        std::optional<QueueItem> item = itemFrom(run.toObject());
        if (!item)
            throw malformed;
        if (names.insert(item->name).second)
            items.push_back(std::move(*item));
    }
    return items;
}

} // namespace

StoredQueue loadQueue(const fs::path& home)
{
    StoredQueue stored{{}, QueueState::fresh(home), {}};
    const fs::path file = listFile(home);
    std::error_code error;
    try {
        if (fs::exists(file, error))
            stored.items = itemsFrom(file);
        stored.state = QueueState::load(home);
        for (QueueItem& item : stored.items)
            if (const QueueRecord* record = stored.state.find(item.name.toStdString())) {
                item.state = stateFrom(record->state);
                item.message = QString::fromStdString(record->message);
            }
    } catch (const Error& fault) {
        // Put aside, so that the next save does not take away what might still be repaired.
        stored.items.clear();
        stored.state = QueueState::fresh(home);
        for (const char* name : {"list.json", "queue.json"})
            fs::rename(home / name, home / (std::string(name) + ".damaged"), error);
        stored.problem = QueueStore::tr("%1 The queue begins anew; the old files are beside it, named .damaged.")
                             .arg(QString::fromUtf8(fault.what()));
    }
    return stored;
}

std::string queueText(const std::vector<QueueItem>& items)
{
    QJsonArray runs;
    for (const QueueItem& item : items) {
        QJsonArray keys;
        for (const std::string& key : item.keysSet)
            keys.append(QString::fromStdString(key));
        runs.append(QJsonObject{{QStringLiteral("name"), item.name},
            {QStringLiteral("folder"), QString::fromStdString(item.folder.string())},
            {QStringLiteral("recipe"), QString::fromStdString(item.recipe)}, {QStringLiteral("keys_set"), keys},
            {QStringLiteral("model"), item.model}, {QStringLiteral("settings"), item.settings},
            {QStringLiteral("best_eval_loss"), orNull(item.bestLoss)},
            {QStringLiteral("best_step"),
                item.bestStep ? QJsonValue(static_cast<qint64>(*item.bestStep)) : QJsonValue()},
            {QStringLiteral("last_loss"), orNull(item.lastLoss)},
            {QStringLiteral("steps"), static_cast<qint64>(item.steps)},
            {QStringLiteral("seconds"), orNull(item.seconds)}});
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("runs"), runs}})
        .toJson()
        .toStdString();
}

void saveQueue(const fs::path& home, const std::string& text)
{
    makeFolders(home);
    writeFile(listFile(home), text);
}

LoadedRecipe recipeOf(const QueueItem& item)
{
    LoadedRecipe loaded = parseRecipe(item.recipe, item.name.toStdString(), fs::current_path());
    // Written out, every key looks set; what the person left alone is no wish of theirs.
    loaded.keysSet = item.keysSet;
    return loaded;
}

QString settingsText(const std::vector<RecipeSetting>& settings)
{
    QStringList parts;
    for (const RecipeSetting& setting : settings)
        parts << QString::fromStdString(text(setting));
    return parts.join(QStringLiteral(", "));
}

} // namespace falconer::ui
