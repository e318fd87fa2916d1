// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace falconer::ui {

void installLanguage(const QLocale& locale)
{
    const auto install = [](const QLocale& language, const QString& name, const QString& folder) {
        auto* translator = new QTranslator(QCoreApplication::instance());
        if (translator->load(language, name, QStringLiteral("_"), folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    // English first: it holds the plural forms, which a language without its own texts falls back to.
    install(QLocale(QLocale::English), QStringLiteral("falconer"), QStringLiteral(":/i18n"));
    install(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    if (locale.language() != QLocale::English)
        for (const auto* name : {"falconer", "falconer_help"})
            install(locale, QString::fromLatin1(name), QStringLiteral(":/i18n"));
}

} // namespace falconer::ui
