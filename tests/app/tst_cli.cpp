// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QRegularExpression>
#include <QTemporaryDir>

using namespace falconer::test;

namespace {

const QStringList kVerbs{"train", "resume", "eval", "generate", "tokenize", "preview", "models", "runs"};

/// The first training row as the golden run saw it: prompt and completion in one piece.
QString firstRow(const QString& name)
{
    const QByteArray line = readAll(goldenRun(name) + "/train.jsonl").split('\n').front();
    const QJsonObject row = QJsonDocument::fromJson(line).object();
    return row["prompt"].toString() + row["completion"].toString();
}

/// Only what a test puts there is on "this machine".
QProcessEnvironment withCache(const QString& folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FALCONER_CACHE", folder + "/falconer");
    environment.insert("HF_HUB_CACHE", folder + "/hub");
    return environment;
}

} // namespace

/// The contract of the command line, as far as it needs no training.
class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpListsEveryVerb();
    void everyVerbHasHelpWithAnExample_data();
    void everyVerbHasHelpWithAnExample();
    void tellsItsVersion();
    void withoutVerbShowsHelpAndFails();
    void unknownVerbSuggestsTheNearest();
    void laterVerbsSayThatTheyAreNotThereYet_data();
    void laterVerbsSayThatTheyAreNotThereYet();
    void wrongArgumentsAreExplained_data();
    void wrongArgumentsAreExplained();
    void usageFaultsAreJsonToo();
    void fullStandardOutputIsAFailure();

    void tokenizesAsTheReference_data();
    void tokenizesAsTheReference();
    void tokenizesAwkwardTexts_data();
    void tokenizesAwkwardTexts();
    void previewShowsTheReferenceRow_data();
    void previewShowsTheReferenceRow();
    void previewDrawsATable();
    void previewCountsWhatIsCut();

    void listsNoRuns();
    void missingFolderOfRunsIsAFault();
    void listsModels();
    void resolvesAModelByName();
};

void TestCli::helpListsEveryVerb()
{
    for (const char* flag : {"--help", "-h", "help"}) {
        const Outcome outcome = runFalconer({flag});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.err.isEmpty());
        for (const QString& verb : kVerbs)
            QVERIFY2(outcome.out.contains("\n  " + verb.toUtf8() + " "), qPrintable(verb));
    }
}

void TestCli::everyVerbHasHelpWithAnExample_data()
{
    QTest::addColumn<QString>("verb");
    for (const QString& verb : kVerbs)
        QTest::newRow(qPrintable(verb)) << verb;
}

void TestCli::everyVerbHasHelpWithAnExample()
{
    QFETCH(QString, verb);
    const Outcome outcome = runFalconer({verb, "--help"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.contains("Example: falconer " + verb.toUtf8()));
    QVERIFY(outcome.out.contains("--json"));
}

void TestCli::tellsItsVersion()
{
    const Outcome outcome = runFalconer({"--version"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(QRegularExpression("^falconer \\d+\\.\\d+\\.\\d+\n$").match(QString::fromUtf8(outcome.out)).hasMatch());
}

void TestCli::withoutVerbShowsHelpAndFails()
{
    const Outcome outcome = runFalconer({});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.err.contains("Usage: falconer VERB"));
}

void TestCli::unknownVerbSuggestsTheNearest()
{
    const Outcome outcome = runFalconer({"trian", "recipe.yaml"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.err, QByteArray("falconer: there is no verb 'trian'. Perhaps 'train' was meant.\n"));
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(runFalconer({"zzzzzzzz"}).err.contains("--help"));
}

void TestCli::laterVerbsSayThatTheyAreNotThereYet_data()
{
    QTest::addColumn<QString>("verb");
    for (const char* verb : {"quantize", "export", "datasets", "download", "selftest", "bench"})
        QTest::newRow(verb) << verb;
}

void TestCli::laterVerbsSayThatTheyAreNotThereYet()
{
    QFETCH(QString, verb);
    const Outcome outcome = runFalconer({verb, "something", "--option", "7"});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.err.startsWith("falconer " + verb.toUtf8() + ": not available in this version."));
    QCOMPARE(outcome.err.count('\n'), 1);
}

void TestCli::wrongArgumentsAreExplained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto add = [](const char* name, const QStringList& arguments, const QByteArray& says) {
        QTest::newRow(name) << arguments << says;
    };
    add("mistyped option", {"tokenize", "--modle", "m", "--text", "t"},
        "no option --modle. Perhaps --model was meant.");
    add("mistyped optional option", {"preview", "r.yaml", "--row", "2"}, "no option --row. Perhaps --rows was meant.");
    add("option without likeness", {"tokenize", "--model", "m", "--text", "t", "--zzzzzz"}, "no option --zzzzzz.");
    add("missing option", {"tokenize", "--model", "m"}, "--text is required.");
    add("missing recipe", {"train"}, "RUN.yaml is required.");
    add("option without value", {"tokenize", "--text", "t", "--model"}, "--model needs a value.");
    add("one too many", {"runs", "a", "b"}, "the argument 'b' is one too many.");
    add("not a number", {"preview", "r.yaml", "--rows", "two"},
        "--rows: must be a whole number of at least 0, not 'two'");
    add("fraction", {"preview", "r.yaml", "--rows", "1.5"}, "not '1.5'");
    add("too small", {"generate", "--model", "m", "--prompt", "p", "--max-new-tokens", "0"}, "at least 1, not '0'");
    add("negative", {"generate", "--model", "m", "--prompt", "p", "--temperature", "-1"}, "at least 0, not '-1'");
    add("not finite", {"generate", "--model", "m", "--prompt", "p", "--temperature", "nan"}, "not 'nan'");
    add("share above one", {"generate", "--model", "m", "--prompt", "p", "--top-p", "1.01"}, "at most 1, not '1.01'");
    add("share of nothing", {"generate", "--model", "m", "--prompt", "p", "--top-p", "0"},
        "above 0 and at most 1, not '0'");
    add("several ranks", {"train", "r.yaml", "--ranks", "2"},
        "--ranks: training in several processes is not available");
}

void TestCli::wrongArgumentsAreExplained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Outcome outcome = runFalconer(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.err.contains(says), outcome.err.constData());
    QCOMPARE(outcome.err.count('\n'), 1);
}

void TestCli::usageFaultsAreJsonToo()
{
    for (const QStringList& arguments :
        {QStringList{"trian", "--json"}, QStringList{"preview", "--rows", "x", "--json"}}) {
        const Outcome outcome = runFalconer(arguments);
        QCOMPARE(outcome.exitCode, 2);
        QCOMPARE(outcome.errors().size(), 1);
        const QJsonObject fault = outcome.errors()[0].toObject();
        QCOMPARE(fault["code"].toString(), QString("request_invalid"));
        QCOMPARE(fault.keys(), QStringList({"code", "fix", "problem", "subject"}));
        QVERIFY(!outcome.err.isEmpty());
    }
}

void TestCli::fullStandardOutputIsAFailure()
{
    QProcess process;
    process.setStandardOutputFile("/dev/full");
    process.start(falconerProgram(), {"tokenize", "--model", goldenRun("falcon-7b") + "/model", "--text", "x"});
    const Outcome outcome = finish(process);
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(outcome.err.contains("standard output"));
}

void TestCli::tokenizesAsTheReference_data() { addGoldenRuns(); }

void TestCli::tokenizesAsTheReference()
{
    QFETCH(QString, name);
    const Outcome outcome = runFalconer({"tokenize", "--model", goldenRun(name) + "/model", "--text", firstRow(name)});
    QCOMPARE(outcome.exitCode, 0);
    const QJsonObject object = outcome.json();
    QCOMPARE(object["ids"].toArray(), readObject(goldenRun(name) + "/golden.json")["probe_ids"].toArray());
    QCOMPARE(object["tokens"].toArray().size(), object["ids"].toArray().size());
    QVERIFY(!object["tokens"].toArray().contains(QJsonValue("")));
}

void TestCli::tokenizesAwkwardTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("empty");
    QTest::newRow("empty") << "" << true;
    QTest::newRow("looks like an option") << "--json" << false;
    QTest::newRow("looks like a list") << "[a,b]" << false;
    QTest::newRow("line break and quotes") << "a\n\"b\" \\ 'c'" << false;
    QTest::newRow("outside the basic plane") << QString::fromUtf8("\xF0\x9F\xA6\x85 \xC3\xA9") << false;
}

void TestCli::tokenizesAwkwardTexts()
{
    QFETCH(QString, text);
    QFETCH(bool, empty);
    const Outcome outcome = runFalconer({"tokenize", "--model", goldenRun("falcon-7b") + "/model", "--text", text});
    QCOMPARE(outcome.exitCode, 0);
    const QJsonArray ids = outcome.json()["ids"].toArray();
    QCOMPARE(ids.isEmpty(), empty);
    // The alphabet's ids follow the end-of-text token, so nothing here may come out as that token.
    QVERIFY(!ids.contains(QJsonValue(0)));
}

void TestCli::previewShowsTheReferenceRow_data() { addGoldenRuns(); }

void TestCli::previewShowsTheReferenceRow()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    QVERIFY(writeRecipe(folder.filePath("recipe.yaml"), goldenRecipe(name)));
    const Outcome outcome = runFalconer({"preview", folder.filePath("recipe.yaml"), "--rows", "1", "--json"});
    QCOMPARE(outcome.exitCode, 0);
    const QJsonObject object = outcome.json();
    QCOMPARE(object["rows"].toArray().size(), 1);
    const QJsonObject row = object["rows"].toArray()[0].toObject();
    const QJsonObject row0 = readObject(goldenRun(name) + "/golden.json")["row0"].toObject();
    QCOMPARE(row["ids"].toArray(), row0["input_ids"].toArray());
    const QJsonArray labels = row0["labels"].toArray();
    QCOMPARE(row["mask"].toArray().size(), labels.size());
    for (int i = 0; i < labels.size(); ++i)
        QCOMPARE(row["mask"].toArray()[i].toInt(), labels[i].toInt() == -100 ? 0 : 1);
    QString text;
    for (const QJsonValue& piece : row["pieces"].toArray())
        text += piece.toString();
    QCOMPARE(text, firstRow(name) + "<|endoftext|>");
    QCOMPARE(row["line"].toInt(), 1);

    int counted = 0; // the histogram holds every row once, those for validation too
    for (const QJsonValue& count : object["lengths"].toObject()["counts"].toArray())
        counted += count.toInt();
    QCOMPARE(counted, 64 + 24);
    QCOMPARE(object["train"].toObject()["rows"].toInt(), 64);
    QCOMPARE(object["validation"].toObject()["rows"].toInt(), 24);
}

void TestCli::previewDrawsATable()
{
    const QTemporaryDir folder;
    QVERIFY(writeRecipe(folder.filePath("recipe.yaml"), goldenRecipe("falcon-7b")));
    const Outcome outcome = runFalconer({"preview", folder.filePath("recipe.yaml"), "--rows", "2"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.contains("train.jsonl, line 1: "));
    QVERIFY(outcome.out.contains("train.jsonl, line 2: "));
    QVERIFY(!outcome.out.contains("train.jsonl, line 3: "));
    const QStringList lines = QString::fromUtf8(outcome.out).split('\n');
    const int at = static_cast<int>(lines.indexOf(QRegularExpression("^  text  .*")));
    QVERIFY(at > 0);
    QVERIFY(lines[at + 1].startsWith("  id    472 "));
    // Twelve prompt tokens, then the completion: the mark stands under the thirteenth id, 305.
    QCOMPARE(lines[at + 2].indexOf('^'), lines[at + 1].indexOf(" 305 ") + 1);
    for (const QString& line : lines)
        QVERIFY2(line.size() <= 140, qPrintable(line));
}

void TestCli::previewCountsWhatIsCut()
{
    const QTemporaryDir folder;
    QVERIFY(writeRecipe(folder.filePath("recipe.yaml"), goldenRecipe("falcon-7b")));
    const Outcome outcome = runFalconer(
        {"preview", folder.filePath("recipe.yaml"), "--rows", "64", "--json", "--set", "data.max_length=20"});
    QCOMPARE(outcome.exitCode, 0);
    int cut = 0;
    for (const QJsonValue& value : outcome.json()["rows"].toArray()) {
        const QJsonObject row = value.toObject();
        QVERIFY(row["ids"].toArray().size() <= 20);
        cut += row["length"].toInt() > 20 ? 1 : 0;
    }
    QVERIFY(cut > 0);
    QVERIFY(outcome.json()["cut"].toInt() >= cut); // those of the validation file are counted as well
}

void TestCli::listsNoRuns()
{
    const QTemporaryDir folder;
    QCOMPARE(runFalconer({"runs", folder.path(), "--json"}).json(), QJsonObject({{"runs", QJsonArray()}}));
    // Without an argument it is ./runs, which need not be there.
    const Outcome outcome = runFalconer({"runs"}, folder.path());
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.err.contains("no runs"));
}

void TestCli::missingFolderOfRunsIsAFault()
{
    const Outcome outcome = runFalconer({"runs", "/nowhere/at/all", "--json"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors()[0].toObject()["code"].toString(), QString("file_missing"));
    QVERIFY(outcome.err.contains("/nowhere/at/all"));
}

void TestCli::listsModels()
{
    const QTemporaryDir folder;
    Outcome outcome = runFalconer({"models", "--json"}, {}, withCache(folder.path()));
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.json(), QJsonObject({{"models", QJsonArray()}}));

    QVERIFY(copyFolder(goldenRun("llama-nf4") + "/model", folder.filePath("falconer/models/tiny-llama")));
    outcome = runFalconer({"models", "--json"}, {}, withCache(folder.path()));
    QCOMPARE(outcome.exitCode, 0);
    const QJsonArray models = outcome.json()["models"].toArray();
    QCOMPARE(models.size(), 1);
    const QJsonObject model = models[0].toObject();
    QCOMPARE(model["name"].toString(), QString("tiny-llama"));
    QCOMPARE(model["architecture"].toString(), QString("llama"));
    QCOMPARE(model["problem"].toString(), QString());
    QVERIFY(model["bytes"].toInt() > 0);
    QVERIFY(model["parameters"].toInt() > 0);
    QVERIFY(runFalconer({"models"}, {}, withCache(folder.path())).out.contains("tiny-llama"));
}

void TestCli::resolvesAModelByName()
{
    const QTemporaryDir folder;
    QVERIFY(copyFolder(goldenRun("falcon-7b") + "/model", folder.filePath("falconer/models/tiny-falcon")));
    const QStringList arguments{"tokenize", "--model", "tiny-falcon", "--text", firstRow("falcon-7b")};
    const Outcome outcome = runFalconer(arguments, folder.path(), withCache(folder.path()));
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(
        outcome.json()["ids"].toArray(), readObject(goldenRun("falcon-7b") + "/golden.json")["probe_ids"].toArray());
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
