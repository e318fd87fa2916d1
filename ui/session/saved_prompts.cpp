// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/saved_prompts.h"

#include <QSettings>

namespace falconer::ui {
namespace {

constexpr auto kKey = "playground/prompts";

} // namespace

QStringList SavedPrompts::all() const { return QSettings().value(QLatin1String(kKey)).toStringList(); }

void SavedPrompts::add(const QString& prompt)
{
    if (prompt.trimmed().isEmpty())
        return;
    QStringList prompts = all();
    prompts.removeAll(prompt);
    prompts.prepend(prompt);
    save(prompts.mid(0, kCapacity));
}

void SavedPrompts::remove(const QString& prompt)
{
    QStringList prompts = all();
    if (prompts.removeAll(prompt) > 0)
        save(prompts);
}

void SavedPrompts::save(const QStringList& prompts)
{
    QSettings().setValue(QLatin1String(kKey), prompts);
    Q_EMIT changed();
}

} // namespace falconer::ui
