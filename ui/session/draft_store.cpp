// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/draft_store.h"

#include "core/run/recipe_values.h"
#include "ui/session/recipe_draft.h"

#include <QSettings>
#include <QVariantMap>

namespace falconer::ui {
namespace {

constexpr int kPauseMilliseconds = 2000;
constexpr auto kGroup = "draft";

/// Key by key, because a half-edited recipe need not be one that a file could hold.
QVariantMap valuesOf(const Recipe& recipe)
{
    QVariantMap values;
    for (const RecipeValue& value : recipeValues(recipe))
        values[QString::fromStdString(value.key)] = QString::fromStdString(value.yaml);
    return values;
}

QStringList keysOf(const LoadedRecipe& recipe)
{
    QStringList keys;
    for (const std::string& key : recipe.keysSet)
        keys << QString::fromStdString(key);
    return keys;
}

void write(QSettings& settings, const QString& name, const LoadedRecipe& recipe)
{
    settings.setValue(name + QStringLiteral("/values"), valuesOf(recipe.recipe));
    settings.setValue(name + QStringLiteral("/keysSet"), keysOf(recipe));
    settings.setValue(name + QStringLiteral("/file"), QString::fromStdString(recipe.recipe.file.string()));
}

LoadedRecipe read(const QSettings& settings, const QString& name)
{
    LoadedRecipe loaded;
    loaded.recipe.file = settings.value(name + QStringLiteral("/file")).toString().toStdString();
    const QVariantMap values = settings.value(name + QStringLiteral("/values")).toMap();
    for (auto each = values.begin(); each != values.end(); ++each) {
        try {
            setRecipeValue(loaded.recipe, each.key().toStdString(), each.value().toString().toStdString());
        } catch (const Error&) {
            // Nothing chosen yet, or a key of another version; the recipe's own stands.
        }
    }
    for (const QString& key : settings.value(name + QStringLiteral("/keysSet")).toStringList())
        loaded.keysSet.insert(key.toStdString());
    return loaded;
}

} // namespace

DraftStore::DraftStore(RecipeDraft& draft)
    : m_draft(draft)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &DraftStore::save);
    connect(&draft, &RecipeDraft::changed, &m_pause, qOverload<>(&QTimer::start));
}

DraftStore::~DraftStore()
{
    if (m_pause.isActive())
        save();
}

void DraftStore::restore()
{
    QSettings settings;
    settings.beginGroup(QLatin1String(kGroup));
    if (settings.contains(QStringLiteral("title")))
        m_draft.begin(read(settings, QStringLiteral("now")), read(settings, QStringLiteral("origin")),
            settings.value(QStringLiteral("title")).toString());
    m_pause.stop();
}

void DraftStore::save()
{
    m_pause.stop();
    QSettings settings;
    settings.beginGroup(QLatin1String(kGroup));
    if (m_draft.isUntouched()) {
        settings.remove(QString());
        return;
    }
    settings.setValue(QStringLiteral("title"), m_draft.title());
    write(settings, QStringLiteral("now"), m_draft.loaded());
    write(settings, QStringLiteral("origin"), m_draft.origin());
}

} // namespace falconer::ui
