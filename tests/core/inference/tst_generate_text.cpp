// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate_text.h"

#include <QTest>

using namespace falconer;

class TestGenerateText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsAtTheFirstStop_data();
    void cutsAtTheFirstStop();
    void holdsBackWhatMayBecomeAStop();
    void showsWholeCharacters();
};

namespace {

struct Said {
    std::string shown; ///< piece by piece
    std::string whole;
    bool stopped = false;
};

/// Says `text` in pieces of `step` bytes; fails when a piece is not text or is taken back.
Said say(const std::string& text, const std::vector<std::string>& stops, std::size_t step)
{
    AnswerText answer(stops);
    Said said;
    for (std::size_t i = 0; i < text.size() && !said.stopped; i += step) {
        said.stopped = answer.append(std::string_view(text).substr(i, step));
        const std::string piece = said.stopped ? answer.takeRest() : answer.take();
        if (QString::fromStdString(piece).toStdString() != piece)
            qFatal("a piece that is not UTF-8");
        said.shown += piece;
    }
    said.shown += answer.takeRest();
    said.whole = answer.whole();
    return said;
}

} // namespace

void TestGenerateText::cutsAtTheFirstStop_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("stops");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("stopped");
    const auto add
        = [](const char* name, const char* text, const QStringList& stops, const char* expected, bool stopped) {
              QTest::newRow(name) << QString::fromUtf8(text) << stops << QString::fromUtf8(expected) << stopped;
          };
    add("none", "a plain answer", {}, "a plain answer", false);
    add("not there", "a plain answer", {"##"}, "a plain answer", false);
    add("in the middle", "one\nUser: two", {"\nUser:"}, "one", true);
    add("at the start", "stop", {"stop"}, "", true);
    add("almost", "the end is not the en", {"the end!"}, "the end is not the en", false);
    add("a start inside itself", "aab aaac", {"aac"}, "aab a", true);
    add("the shorter is complete first", "xabcy", {"abc", "b"}, "xa", true);
    add("two that end together", "xabc", {"bc", "abc"}, "x", true);
    add("two of which the later in the list comes first", "one. two\n", {"\n", ". "}, "one", true);
    add("other scripts", "雨が降る。終わり", {"。終"}, "雨が降る", true);
    add("shares bytes with a character", "é è", {"è"}, "é ", true);
    add("one letter", "abc", {"c"}, "ab", true);
}

void TestGenerateText::cutsAtTheFirstStop()
{
    QFETCH(QString, text);
    QFETCH(QStringList, stops);
    QFETCH(QString, expected);
    QFETCH(bool, stopped);
    std::vector<std::string> stopStrings;
    for (const QString& stop : stops)
        stopStrings.push_back(stop.toStdString());
    for (std::size_t step = 1; step <= 20; ++step) { // however tokens divide the text
        const Said said = say(text.toStdString(), stopStrings, step);
        QCOMPARE(QString::fromStdString(said.whole), expected);
        QCOMPARE(said.shown, said.whole);
        QCOMPARE(said.stopped, stopped);
    }
}

void TestGenerateText::holdsBackWhatMayBecomeAStop()
{
    const std::vector<std::string> stops{"<end>", "\n\n"};
    AnswerText answer(stops);
    QVERIFY(!answer.append("a <"));
    QCOMPARE(answer.take(), "a ");
    QVERIFY(!answer.append("en"));
    QCOMPARE(answer.take(), "");
    QVERIFY(!answer.append("t\n"));
    QCOMPARE(answer.take(), "<ent"); // no longer a start of one, but the line end is
    QCOMPARE(answer.take(), "");
    QVERIFY(answer.append("\nmore"));
    QCOMPARE(answer.takeRest(), "");
    QCOMPARE(answer.whole(), "a <ent");
}

void TestGenerateText::showsWholeCharacters()
{
    AnswerText answer(std::vector<std::string>{});
    answer.append("x\xF0\x9F");
    QCOMPARE(answer.take(), "x");
    answer.append("\x99\x82");
    QCOMPARE(answer.take(), "\xF0\x9F\x99\x82");
    answer.append("\xFFy"); // never part of a character
    QCOMPARE(answer.take(), "\xEF\xBF\xBDy");
    answer.append("\xE2\x82");
    QCOMPARE(answer.take(), "");
    QCOMPARE(answer.takeRest(), "\xEF\xBF\xBD");
    QCOMPARE(answer.takeRest(), "");
    QCOMPARE(answer.whole(), "x\xF0\x9F\x99\x82\xEF\xBF\xBDy\xEF\xBF\xBD");
}

QTEST_GUILESS_MAIN(TestGenerateText)
#include "tst_generate_text.moc"
