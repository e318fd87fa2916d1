// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/run/run_notes.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

#include <sys/stat.h>

using namespace falconer;
namespace fs = std::filesystem;

class TestRunNotes : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path run() const { return m_temporary->path().toStdString(); }

    void write(const std::string& content) const { writeFile(run() / "notes.json", content); }

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        writeFile(run() / "run.yaml", "model: m\n");
    }

    void whatIsWrittenReadsBack()
    {
        QCOMPARE(readRunNotes(run()), RunNotes());
        const RunNotes notes{"Falls fast.\nThen \"rises\".\x01 ü", {"baseline", "lower rate"}};
        writeRunNotes(run(), notes);
        QCOMPARE(readRunNotes(run()), notes);
        writeRunNotes(run(), {});
        QVERIFY(!fs::exists(run() / "notes.json"));
        writeRunNotes(run(), {});
    }

    void tagsAreClean()
    {
        QVERIFY((
            cleanTags({" a ", "a", "", "  ", "b\nc", "\xff"}) == std::vector<std::string>{"a", "b c", "\xEF\xBF\xBD"}));
        writeRunNotes(run(), {"", {"x ", "x"}});
        QVERIFY(readRunNotes(run()).tags == std::vector<std::string>{"x"});
    }

    void foreignKeysAreLeftAlone()
    {
        write(R"({"version": 2, "stars": 5, "notes": "n"})");
        QCOMPARE(readRunNotes(run()).notes, std::string("n"));
        QVERIFY(readRunNotes(run()).tags.empty());
    }

    void badFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("tags: x");
        QTest::newRow("cut off") << QByteArray("{\"notes\": \"a");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("notes of another kind") << QByteArray("{\"notes\": 3}");
        QTest::newRow("tags of another kind") << QByteArray("{\"tags\": \"a\"}");
        QTest::newRow("a tag of another kind") << QByteArray("{\"tags\": [\"a\", {}]}");
        QTest::newRow("nested deeply") << QByteArray(200'000, '[');
        QTest::newRow("too long") << QByteArray(4 * 1024 * 1024, ' ');
    }
    void badFilesAreRefused()
    {
        QFETCH(QByteArray, content);
        write(content.toStdString());
        try {
            readRunNotes(run());
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::fileMalformed);
            QVERIFY(QByteArray(error.what()).contains("notes.json"));
        }
    }

    void aPipeDoesNotHang()
    {
        QCOMPARE(::mkfifo((run() / "notes.json").c_str(), 0600), 0);
        QVERIFY_EXCEPTION_THROWN(readRunNotes(run()), Error);
        QVERIFY_EXCEPTION_THROWN(writeRunNotes(run(), {"n", {}}), Error);
    }

    void whatDoesNotFitIsRefused()
    {
        writeRunNotes(run(), {"kept", {}});
        const RunNotes tooMany{"", std::vector<std::string>(1, std::string(65, 'x'))};
        QVERIFY_EXCEPTION_THROWN(writeRunNotes(run(), tooMany), Error);
        QVERIFY_EXCEPTION_THROWN(writeRunNotes(run(), {std::string(kMostNoteBytes + 1, 'x'), {}}), Error);
        RunNotes many;
        for (int i = 0; i < 33; ++i)
            many.tags.push_back(std::to_string(i));
        QVERIFY_EXCEPTION_THROWN(writeRunNotes(run(), many), Error);
        QCOMPARE(readRunNotes(run()).notes, std::string("kept"));
        fs::remove(run() / "run.yaml");
        QVERIFY_EXCEPTION_THROWN(writeRunNotes(run(), {"n", {}}), Error);
    }
};

QTEST_GUILESS_MAIN(TestRunNotes)
#include "tst_run_notes.moc"
