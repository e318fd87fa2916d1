// SPDX-License-Identifier: Apache-2.0
#include "core/config/recipe_io.h"
#include "tests/core/config/recipe_support.h"

#include <QtTest>

#include <ctime>
#include <random>

using namespace falconer;
using namespace falconer::test;

namespace {

std::string repeated(const std::string& text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

} // namespace

/// Files that are broken on purpose or by accident: each must end in a plain fault, soon, and within the stack.
class TestRecipeHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refused_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const std::string& yaml, const char* problem) {
            QTest::newRow(name) << QByteArray::fromStdString(yaml) << QString(problem);
        };
        std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
        for (char c = 'b'; c < 'k'; ++c)
            bomb += std::string(1, c) + ": &" + c + " ["
                + repeated("*" + std::string(1, static_cast<char>(c - 1)) + ", ", 9) + "x]\n";
        row("alias bomb", bomb, "aliases (*name) are not supported");
        row("merge key", "base: &b {rank: 8}\nlora:\n  <<: *b\n", "aliases (*name) are not supported");
        row("self reference", "model: &a [*a]\n", "aliases (*name) are not supported");
        row("brackets", kRequired + "lora: " + repeated("[", 17) + repeated("]", 17), "nested deeper than 16 levels");
        row("many brackets", kRequired + "lora: " + repeated("[", 200'000), "");
        row("many braces", kRequired + "lora: " + repeated("{", 200'000), "");
        row("many nested maps", kRequired + "lora: " + repeated("{a: ", 100'000), "");
        row("many dashes", repeated("- ", 200'000), "");
        row("many question marks", repeated("? ", 200'000), "");
        row("many colons", repeated(": ", 200'000), "");
        row("many anchors", repeated("&a ", 100'000), "");
        row("many bangs", repeated("! ", 100'000), "");
        row("many keys on one line", repeated("a: ", 100'000), "");
        row("many documents", repeated("---\n", 100'000), "a second document begins");
        row("many values", kRequired + "training: {sample_prompts: [" + repeated("a,", 20'000) + "]}",
            "more than 10000 values");
        row("long", "model: " + std::string(10'000'000, 'a'),
            "is 10000007 bytes long, and a recipe has at most 1048576");
        row("binary",
            std::string("\x7F"
                        "ELF\x02\x01\x01\0\0\0",
                10),
            "holds the control character 0x02");
        row("zero bytes", std::string(1000, '\0'), "holds the control character 0x00");
        row("end of transmission", "model: a\n\004data: b\n", "holds the control character 0x04");
        row("Latin-1", "model: a\ndata: {train: \xE4.jsonl}\n", "is not UTF-8 text");
        row("UTF-16", std::string("\xFF\xFEm\0o\0d\0e\0l\0", 12), "is not UTF-8 text");
        row("NUL by escape", "model: \"a\\0b\"\ndata: {train: a}\n", "model holds a NUL character");
        row("surrogate by escape", "model: \"\\ud83d\"\ndata: {train: a}\n", "");
        row("beyond Unicode", "model: \"\\U00110000\"\ndata: {train: a}\n", "");
        row("directive", "%YAML 9.9\n---\nmodel: a\n", "");
        row("control character shown", kRequired + "\"\\e[31mred\": 1\n", "[31mred is not a known key");
        row("long key", kRequired + std::string(100'000, 'k') + ": 1\n", "");
        row("long word", kRequired + "lora: {rank: " + std::string(100'000, 'k') + "}\n", "kkk…");
        row("long layers", kRequired + "lora: {layers: \"" + repeated("0-9999,", 100'000) + "1\"}\n",
            "is longer than 4096 letters");
        row("long number", kRequired + "lora: {alpha: " + std::string(100'000, '9') + "}\n", "must be a finite number");
    }
    void refused()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, problem);
        const std::clock_t start = std::clock(); // processor time: a busy machine is no fault
        const std::vector<Fault> faults = faultsOf(yaml.toStdString());
        QVERIFY(!faults.empty());
        QVERIFY2(sentences(faults).contains(problem), qPrintable(sentences(faults).left(2000)));
        for (const Fault& fault : faults) {
            QCOMPARE(fault.code, ErrorCode::recipeInvalid);
            QVERIFY(!QString::fromStdString(sentence(fault)).contains(QChar('\x1B')));
            QVERIFY(sentence(fault).size() < 2000);
        }
        QVERIFY((std::clock() - start) / CLOCKS_PER_SEC < 20);
    }

    void hostileOverrides()
    {
        for (const std::string& set :
            {std::string("lora.rank=") + repeated("[", 100'000), "lora." + repeated("a.", 10'000) + "b=1",
                std::string("lora.rank=*a"), std::string("\x1B[31m=1"), repeated(".", 1000) + "=1",
                std::string("lora.=1"), std::string(".rank=1"), std::string("lora..rank=1"),
                std::string("lora.rank=8\n---\n9"), std::string("model=\xFF"), std::string("lora.rank=8: 9")}) {
            const std::vector<Fault> faults = faultsOf(kRequired, {set});
            QVERIFY2(!faults.empty(), set.substr(0, 40).c_str());
            QVERIFY(!sentences(faults).contains(QChar('\x1B')));
        }
    }

    /// Bytes knocked out of a good recipe: it is read or refused, and nothing else.
    void mutilated()
    {
        const std::string good = writeRecipe(parse(kRequired).recipe);
        std::mt19937 random(1);
        int read = 0;
        for (int i = 0; i < 3000; ++i) {
            std::string text = good;
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
            case 0: text[at] = static_cast<char>(random() % 256); break;
            case 1: text.erase(at, 1 + random() % 20); break;
            default: text.insert(at, text.substr(random() % text.size(), 10));
            }
            read += faultsOf(text).empty();
        }
        QVERIFY(read > 0 && read < 3000);
    }
};

QTEST_GUILESS_MAIN(TestRecipeHostile)
#include "tst_recipe_hostile.moc"
