// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/fields.h"
#include "tests/support/paths.h"
#include "tests/ui/page_fixture.h"
#include "ui/main_window.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/train_page.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/language.h"

#include <QLabel>
#include <QLocale>
#include <QMenuBar>
#include <QProcess>
#include <QPushButton>
#include <QTest>
#include <QXmlStreamReader>

using namespace falconer;
using namespace falconer::ui;

namespace {

struct Message {
    QString source;
    QStringList translations;
    QString type;
};

std::vector<Message> messages(const QString& file)
{
    QFile device(file);
    std::vector<Message> result;
    if (!device.open(QIODevice::ReadOnly))
        return result;
    QXmlStreamReader xml(&device);
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement() && !xml.isEndElement())
            continue;
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("message"))
            result.push_back({});
        else if (xml.name() == QLatin1String("source"))
            result.back().source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            result.back().type = xml.attributes().value(QLatin1String("type")).toString();
            QString text;
            while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == QLatin1String("translation"))) {
                if (xml.isCharacters())
                    text += xml.text();
                else if (xml.isEndElement() && xml.name() == QLatin1String("numerusform")) {
                    result.back().translations << text.trimmed();
                    text.clear();
                }
            }
            if (result.back().translations.isEmpty())
                result.back().translations << text;
        }
    }
    return result;
}

int placeholders(const QString& text)
{
    int set = 0;
    for (int i = 1; i <= 9; ++i)
        if (text.contains(QStringLiteral("%%1").arg(i)))
            set |= 1 << i;
    return set;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// lupdate over the sources must find nothing that the file does not hold translated.
    void germanIsComplete()
    {
        QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("falconer_de.ts"));
        const QString root = QString::fromStdString(test::sourceRoot().string());
        QVERIFY(QFile::copy(root + QStringLiteral("/translations/falconer_de.ts"), copy));
        QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
        QProcess lupdate;
        lupdate.start(QStringLiteral(FALCONER_LUPDATE),
            {root + QStringLiteral("/ui"), root + QStringLiteral("/app/workbench"), QStringLiteral("-no-obsolete"),
                QStringLiteral("-I"), root, QStringLiteral("-ts"), copy});
        QVERIFY2(lupdate.waitForFinished(60'000), qPrintable(lupdate.errorString()));
        QVERIFY2(lupdate.exitCode() == 0, lupdate.readAllStandardError().constData());
        const auto all = messages(copy);
        QVERIFY(all.size() > 100);
        QStringList missing;
        for (const Message& message : all) {
            bool good = message.type.isEmpty();
            for (const QString& text : message.translations)
                good &= !text.isEmpty() && placeholders(text) == placeholders(message.source);
            if (!good)
                missing << message.source;
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QStringLiteral("\n"))));
    }

    /// What core says of its settings is in a file of its own, which lupdate does not look after.
    void everySettingsHelpIsGerman()
    {
        const QString root = QString::fromStdString(test::sourceRoot().string());
        QStringList translated;
        for (const Message& message : messages(root + QStringLiteral("/translations/falconer_help_de.ts"))) {
            QVERIFY2(!message.translations.constFirst().isEmpty(), qPrintable(message.source));
            translated << message.source;
        }
        QStringList said;
        for (const FieldInfo& field : recipeFields())
            said << toQString(field.help);
        for (const QString& help : said)
            QVERIFY2(translated.contains(help), qPrintable(QStringLiteral("not translated: ") + help));
        for (const QString& source : translated)
            QVERIFY2(said.contains(source), qPrintable(QStringLiteral("said no more: ") + source));
    }

    void englishCountsInWords()
    {
        installLanguage(QLocale(QLocale::English));
        const Readiness none = Readiness::check({}, false);
        ReadinessCard card;
        card.show(none, {});
        QVERIFY2(card.summary().startsWith(QLatin1String("Not ready: 2 things to fix")), qPrintable(card.summary()));
    }

    void theWindowSpeaksGerman()
    {
        installLanguage(QLocale(QLocale::German));
        QCOMPARE(heading(ErrorCode::diskFull), QStringLiteral("Der Datenträger ist voll"));
        QVERIFY2(fieldHelp("lora.rank").startsWith(QStringLiteral("Die Größe des Adapters")),
            qPrintable(fieldHelp("lora.rank")));
        test::PageFixture home;
        Theme theme;
        MainWindow window(home.services(), theme);
        QCOMPARE(window.menuBar()->actions().constFirst()->text().remove(QLatin1Char('&')), QStringLiteral("Datei"));
        ReadinessCard card;
        card.show(Readiness::check({}, false), {});
        QVERIFY2(card.summary().startsWith(QLatin1String("Nicht bereit: 2 Punkte")), qPrintable(card.summary()));
        for (int i = 0; i < kPageCount; ++i) {
            window.show(static_cast<PageId>(i));
            QVERIFY2(window.minimumSizeHint().width() <= 1024,
                qPrintable(
                    QStringLiteral("German texts widen page %1 to %2").arg(i).arg(window.minimumSizeHint().width())));
        }
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
